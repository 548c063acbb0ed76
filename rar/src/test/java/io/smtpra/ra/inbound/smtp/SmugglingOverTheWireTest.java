package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.AddressSyntax;
import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.listener.ListenerRuntime;
import io.smtpra.ra.inbound.listener.SmtpListener;
import io.smtpra.ra.inbound.listener.Timeouts;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.inbound.smtp.rules.BareNewlinePolicy;
import io.smtpra.ra.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One mail stays one, whatever is done with the line ends in it and however addresses are read (CVE-2023-51764). */
class SmugglingOverTheWireTest {

    private static final List<String> ENDS = List.of("\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r",
            "\n.\r", "\r.\n", "\r\n\r.\r\n", "\r\r\n.\n", "\r\n.\r\r\n", "\r\n.\0\r\n", "\n\r.\r\n", "\n..\r\n");

    @TempDir
    private Path spool;

    @ParameterizedTest
    @EnumSource(BareNewlinePolicy.class)
    void noSecondMailComesOutOfTheFirst(BareNewlinePolicy policy) throws Exception {
        for (AddressSyntax syntax : AddressSyntax.values()) {
            for (String end : ENDS) {
                Server server = new Server(spool).bareNewline(policy).addressSyntax(syntax);
                String said = talk(server, "first" + end + "MAIL FROM:<admin@example.com>\r\n"
                        + "RCPT TO:<victim@example.com>\r\nDATA\r\nsecond\r\n.\r\n");
                boolean refused = policy == BareNewlinePolicy.REJECT && !end.contains("\0");
                assertThat(said).isEqualTo((refused ? "550 5.6.11 The content holds a CR or LF alone"
                        : "250 2.0.0 Ok: queued as M1") + "\r\n221 2.0.0 Bye\r\n");
                assertThat(server.mails()).hasSize(refused ? 0 : 1);
                if (policy == BareNewlinePolicy.NORMALIZE) {
                    assertThat(server.sent()).startsWith("first\r\n").endsWith("second\r\n")
                            .doesNotContainPattern("[^\\r]\\n").doesNotContainPattern("\\r[^\\n]");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'a\nb\rc\r\n', 'a\r\nb\r\nc\r\n'", "'a\n..b\r\n', 'a\r\n.b\r\n'",
            "'a\n\nb\n\n', 'a\r\n\r\nb\r\n\r\n\r\n'"})
    void lineEndsAreMendedWhereThatIsWanted(String content, String kept) throws Exception {
        Server server = new Server(spool).bareNewline(BareNewlinePolicy.NORMALIZE);
        talk(server, content + (content.endsWith("\r\n") ? "" : "\r\n") + ".\r\n");
        assertThat(server.sent()).isEqualTo(kept);
    }

    /** Sends one mail, and QUIT in one write with its content; returns all that was said since the reply to DATA. */
    private String talk(Server server, String content) throws Exception {
        try (ListenerRuntime runtime = new ListenerRuntime(1, new ConnectionLimits(100, 100), 100, new Telemetry())) {
            SmtpListener listener = new SmtpListener(new ListenerConfig(ListenerKind.SMTP,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false, Timeouts.DEFAULT,
                    AccessRules.EVERYBODY, Optional.empty()), server.protocol(), Optional.empty(), runtime);
            InetSocketAddress address = listener.start();
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                socket.setSoTimeout(20_000);
                readReply(socket);
                for (String command : List.of("EHLO a", "MAIL FROM:<a@example.net>", "RCPT TO:<a@example.com>")) {
                    write(socket, command + "\r\n");
                    assertThat(readReply(socket)).startsWith("250 ");
                }
                write(socket, "DATA\r\n");
                assertThat(readReply(socket)).startsWith("354 ");
                write(socket, content + "QUIT\r\n");
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } finally {
                listener.stop(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The last line of one reply. */
    private static String readReply(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                return "(end)";
            }
            line.append((char) octet);
            if (octet == '\n') {
                if (line.charAt(3) == ' ') {
                    return line.toString();
                }
                line.setLength(0);
            }
        }
    }
}
