package io.smtpra.ra.inbound.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.mail.MailLimits;
import io.smtpra.mail.MailView;
import io.smtpra.ra.message.Content;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jakarta Mail reads many of its switches once, when its classes are loaded, from the properties of the whole server.
 * So a Java of its own goes through the corpus, with all of them turned one way and the other.
 */
class SystemPropertiesTest {

    private static final List<String> SWITCHES = Stream.of("address.strict", "allowencodedmessages", "allowutf8",
            "applefilenames", "base64.ignoreerrors", "cachemultipart", "decodefilename", "decodeparameters",
            "decodetext.strict", "encodeeol.strict", "encodefilename", "encodeparameters", "foldencodedwords",
            "foldtext",
            "ignoremultipartencoding", "ignoreunknownencoding", "ignorewhitespacelines", "multipart.allowempty",
            "multipart.bmparse", "multipart.ignoreexistingboundaryparameter",
            "multipart.ignoremissingboundaryparameter",
            "multipart.ignoremissingendboundary", "parameters.strict", "setcontenttypefilename",
            "setdefaulttextcharset",
            "uudecode.ignoreerrors", "uudecode.ignoremissingbeginend", "windowsfilenames")
            .map(name -> "mail.mime." + name).toList();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void noneOfThemChangesAMail(String value) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Dmail.mime.charset=US-ASCII",
                "-Dfile.encoding=US-ASCII"));
        SWITCHES.forEach(name -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(SystemPropertiesTest.class.getName(), directory.toString()));
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(output)).contains(Corpus.names().size() + " mails, differing: []");
    }

    /** Goes through the corpus, and says which mails are not what they should be. */
    public static void main(String[] arguments) throws Exception {
        List<String> differing = new ArrayList<>();
        MailParser parser = new MailParser("mx.example.com", MailLimits.DEFAULT);
        for (String name : Corpus.names()) {
            byte[] octets = Corpus.octets(name);
            try (Content content = Corpus.Way.MEMORY.content(octets, Path.of(arguments[0], "spool"))) {
                MailView view = parser.view(new ExpiringContent(content));
                String expected = Files.readString(Corpus.DIRECTORY.resolve(name + ".expected"),
                        StandardCharsets.UTF_8);
                List<String> ours = new ArrayList<>();
                CorpusTest.leaves(view.root(), ours);
                List<String> theirs = new ArrayList<>();
                MimeMessage message = parser.message(view);
                CorpusTest.leaves(message, theirs);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                message.writeTo(out);
                if (!SeenMail.of(view).equals(expected) || !ours.equals(theirs)
                        || !out.toString(StandardCharsets.ISO_8859_1).equals(
                                new String(octets, StandardCharsets.ISO_8859_1))) {
                    differing.add(name);
                }
            } catch (Exception e) {
                differing.add(name + " (" + e + ")");
            }
        }
        System.out.println(Corpus.names().size() + " mails, differing: "
                + differing.stream().collect(Collectors.joining(", ", "[", "]")));
    }
}
