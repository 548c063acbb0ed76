package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds whatever a client says, in whatever order, and however it is cut into pieces. */
class AnyClientTest {

    private static final Pattern REPLY_LINE = Pattern.compile("[2-5]\\d\\d[ -][ -~]{0,505}");

    private static Path spool;

    @BeforeContainer
    static void makeSpool() {
        try {
            spool = Files.createTempDirectory("smtp-ra-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterContainer
    static void deleteSpool() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(spool)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(spool);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 200)
    void isAnsweredInFormAndLeavesNothingBehind(@ForAll("dialogues") List<String> pieces,
            @ForAll StartTlsPolicy startTls, @ForAll boolean refused) {
        Server server = new Server(spool).startTls(startTls).on(Extension.HELP).on(Extension.VRFY)
                .limits(Limits.of(limits -> limits.maxMessageSize = 40));
        if (refused) {
            server.outcome(new DeliveryOutcome.Refused(Reply.of(554, "5.7.1", "No")));
        }
        FakeTransport transport = new FakeTransport(server.protocol(), ListenerKind.SMTP, "192.0.2.7");
        transport.connect();
        pieces.forEach(piece -> transport.send(piece.getBytes(StandardCharsets.UTF_8)));
        transport.disconnect();
        assertThat(transport.replies()).allMatch(line -> REPLY_LINE.matcher(line).matches())
                .noneMatch(line -> line.startsWith("451"));
        assertThat(transport.replies().stream().filter(line -> line.contains("queued as")).count())
                .as("a 250 for each mail that was delivered, and for no other")
                .isEqualTo(refused ? 0 : server.mails().size());
        assertThat(server.memoryInUse()).as("memory still held").isZero();
        assertThat(server.mails()).allSatisfy(mail -> assertThat(mail.envelope().recipients()).isNotEmpty());
    }

    @Provide
    Arbitrary<List<String>> dialogues() {
        Arbitrary<String> usual = Arbitraries.of("EHLO a\r\n", "HELO a\r\n", "MAIL FROM:<a@example.net>\r\n",
                "MAIL FROM:<> BODY=BINARYMIME\r\n", "RCPT TO:<u@example.com>\r\n", "RCPT TO:<u@elsewhere.test>\r\n",
                "DATA\r\n", "text\r\n", "..\r\n", "a\nb\r\n", ".\r\n", "BDAT 3\r\nabc", "BDAT 2 LAST\r\nab",
                "BDAT 50 LAST\r\n" + "x".repeat(50), "BDAT 0\r\n", "RSET\r\n", "NOOP\r\n", "VRFY a\r\n", "HELP\r\n",
                "STARTTLS\r\n", "QUIT\r\n", "EHLO a\r\nMAIL FROM:<>\r\n",
                "MAIL FROM:<>\r\nRCPT TO:<u@example.com>\r\nDATA\r\n", "x".repeat(45) + "\r\n");
        Arbitrary<String> odd = Arbitraries.strings().withCharRange(' ', '~').withChars("\r\n\0\té€")
                .ofMaxLength(30);
        Arbitrary<String> odder = odd.map(text -> "MAIL FROM:" + text + "\r\n");
        return Arbitraries.frequencyOf(Tuple.of(12, usual), Tuple.of(1, odd),
                        Tuple.of(1, odder))
                .list().ofMinSize(1).ofMaxSize(40)
                .map(list -> {
                    list.add(0, "EHLO a\r\n");
                    return list;
                });
    }
}
