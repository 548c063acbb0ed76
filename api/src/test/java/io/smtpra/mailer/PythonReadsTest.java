package io.smtpra.mailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's email package, which is strict and notes each defect, reads what we write. */
class PythonReadsTest {

    private static final String SCRIPT = """
            import email, email.policy, sys
            sys.stdout.reconfigure(encoding='utf-8')
            mail = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
            for name in ('From', 'To', 'Cc', 'Subject', 'X-Note'):
                print(name + ': ' + str(mail[name]))
                for defect in mail[name].defects: print('defect', name, defect)
            for part in mail.walk():
                for defect in part.defects: print('defect', defect)
                line = part.get_content_type()
                if part.get_filename(): line += ' ' + part.get_filename()
                if part['Content-ID']: line += ' ' + part['Content-ID']
                if not part.is_multipart():
                    content = part.get_content()
                    line += ' ' + (content if isinstance(content, str) else content.hex()).replace('\\r', '').replace('\\n', '|')
                print(line)
            """;

    @TempDir
    private Path directory;

    /** Names are short: between two encoded words of one, Python 3.11 puts a blank that is not there. */
    @Test
    void pythonReadsWhatWasMeant() throws Exception {
        Mail mail = Mail
                .from("\"Jörg \\\"J.\\\" Müller, Büro für Fälle\" <a@example.com>")
                .to("\"Doe, Jane\" <b@example.org>", "Иван Петрович Сидоров <i@bücher.example>")
                .cc("c@example.net")
                .subject("Grüße aus Köln: " + "eine sehr lange Zeile, die gefaltet wird, ".repeat(4))
                .header("X-Note", "plain text").text("Grüße\nFrom me\n").html("<p>Grüße <img src='cid:logo'>")
                .inline("logo", MailStructureTest.PNG).calendar(MailStructureTest.INVITATION)
                .attach("Ein sehr langer Name für eine Datei, der über eine Zeile geht, größer.pdf",
                        new byte[] {1, 2, 3}, "application/pdf")
                .build();
        assertThat(python(mail).lines()).containsExactly(
                "From: \"Jörg \\\"J.\\\" Müller, Büro für Fälle\" <a@example.com>",
                "To: \"Doe, Jane\" <b@example.org>, Иван Петрович Сидоров <i@xn--bcher-kva.example>",
                "Cc: c@example.net",
                "Subject: Grüße aus Köln: " + "eine sehr lange Zeile, die gefaltet wird, ".repeat(4),
                "X-Note: plain text",
                "multipart/mixed",
                "multipart/alternative",
                "text/plain Grüße|From me|",
                "multipart/related",
                "text/html <p>Grüße <img src='cid:logo'>|",
                "image/png logo.png <logo> 89504e470d0a1a0a000102ff",
                "text/calendar " + MailStructureTest.INVITATION.replace("\n", "|"),
                "application/pdf Ein sehr langer Name für eine Datei, der über eine Zeile geht, größer.pdf 010203");
    }

    private String python(Mail mail) throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("mail.eml"), ArrivedMail.octets(mail.content()));
        Path script = Files.writeString(directory.resolve("read.py"), SCRIPT);
        Process process;
        try {
            process = new ProcessBuilder("python3", script.toString(), file.toString())
                    .redirectErrorStream(true).start();
        } catch (IOException e) {
            assertThat(System.getenv("CI")).as("continuous integration has Python: %s", e).isNull();
            return abort("there is no Python: " + e);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
