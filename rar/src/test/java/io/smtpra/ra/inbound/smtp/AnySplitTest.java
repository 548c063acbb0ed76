package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.inbound.listener.EmbeddedConnection;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.server.ServerTls;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * However the network cuts what a client sends, PROXY header, commands, contents, chunks and TLS records alike: it is
 * answered the same, and the same is stored. The whole of the listener and the protocol, without a socket.
 *
 * <p>A client here waits where it must (RFC 2920 section 3.1), for how much has arrived behind such a command is what
 * decides whether it is refused.
 */
class AnySplitTest {

    private static final String PROXY_V1 = "PROXY TCP4 198.51.100.7 192.0.2.2 1234 25\r\n";
    private static final String PROXY_V2 = "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u000c\u00c6\u0033\u0064\u0007"
            + "\u00c0\0\u0002\u0002\u0004\u00d2\0\u0019";
    private static final String ENVELOPE = "MAIL FROM:<a@example.net> SIZE=10\r\nRCPT TO:<u@example.com>\r\n";

    private static Path spool;
    private static ServerTls tls;

    private record Outcome(String heard, boolean open, List<String> contents, List<String> peers, long memory) {}

    @BeforeContainer
    static void prepare() throws Exception {
        spool = Files.createTempDirectory("smtp-ra-test");
        tls = ServerTls.open(ServerTlsConfig.of(new KeyMaterial.SelfSigned("mx.example.com")));
    }

    @AfterContainer
    static void cleanUp() throws IOException {
        tls.close();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(spool)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(spool);
    }

    @Property(tries = 300)
    void inPlainTextHasTheSameOutcome(@ForAll("headers") String header, @ForAll("groups") List<String> groups,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 40) Integer> cuts) throws Exception {
        Outcome whole = outcome(header, false, groups, List.of());

        assertThat(whole.heard()).startsWith("220 ");
        assertThat(outcome(header, false, groups, cuts)).isEqualTo(whole);
        assertThat(outcome(header, false, groups, List.of(1))).as("octet by octet").isEqualTo(whole);
    }

    /** Who writes everything at once is answered as one who waits for each reply. */
    @Property(tries = 200)
    void inOnePieceHasTheSameOutcome(@ForAll("headers") String header, @ForAll("mails") List<String> mails,
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 40) Integer> cuts) throws Exception {
        Outcome waiting = outcome(header, false, mails, List.of());

        assertThat(outcome(header, false, List.of(String.join("", mails)), cuts)).isEqualTo(waiting);
    }

    @Property(tries = 40)
    void throughStartTlsHasTheSameOutcome(@ForAll("headers") String header, @ForAll("groups") List<String> groups,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 400) Integer> cuts) throws Exception {
        Outcome whole = outcome(header, true, groups, List.of());

        assertThat(whole.heard()).contains("220 2.0.0 Ready to start TLS\r\n", "REQUIRETLS");
        assertThat(outcome(header, true, groups, cuts)).isEqualTo(whole);
    }

    @Property(tries = 100)
    void whatFollowsStartTlsInPlainTextIsNeverACommand(@ForAll("injected") String injected,
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 40) Integer> cuts) {
        Server server = new Server(spool);
        EmbeddedConnection connection = EmbeddedConnection.to(server.protocol(), Optional.of(tls), false, cuts);
        connection.send("EHLO a\r\n").send("STARTTLS\r\n" + injected);

        String behindEhlo = connection.heard().substring(connection.heard().indexOf("250 STARTTLS\r\n") + 14);
        connection.end();
        // what comes after a 220 are the records of a handshake
        assertThat(behindEhlo).matches(
                "(?s)|554 5\\.5\\.0 .*, closing\r\n|220 2\\.0\\.0 Ready to start TLS\r\n([^2-5].*)?");
        assertThat(server.asked()).isEmpty();
    }

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.of("", PROXY_V1, PROXY_V2);
    }

    @Provide
    Arbitrary<String> injected() {
        return Arbitraries.of("RSET\r\n", "\r\n", "N", "NOOP\r\nNOOP\r\n", ENVELOPE + "DATA\r\nevil\r\n.\r\n",
                "QUIT\r\n", "EHLO a\r\n" + ENVELOPE, "x".repeat(600) + "\r\n", "\n", "STARTTLS\r\n");
    }

    /** None has a DATA that is refused: there it matters whether the content has been sent already. */
    @Provide
    Arbitrary<List<String>> mails() {
        return Arbitraries.of("EHLO a\r\n", "EHLO \r\n", "VRFY a\r\n", "NOOP\r\n", "RSET\r\n", "NOOP \0\r\n",
                "x".repeat(900) + "\r\n", "N\rOP\r\n", ENVELOPE + "RSET\r\n", "RSET\r\n" + ENVELOPE
                + "DATA\r\na\r\n..b\r\n.\r\n",
                "RSET\r\n" + ENVELOPE + "DATA\r\n.\r\n", "RSET\r\n" + ENVELOPE + "DATA\r\nMAIL FROM:<>\r\n.\n\r\n.\r\n",
                "RSET\r\n" + ENVELOPE + "BDAT 7\r\n.\r\n\r\n.\rBDAT 1 LAST\r\n\n", "BDAT 6 LAST\r\nQUIT\r\n",
                "AUTH PLAIN =\r\n")
                .list().ofMinSize(1).ofMaxSize(12);
    }

    /** Each ends with a command after which a client waits, or with the end of a content. */
    @Provide
    Arbitrary<List<String>> groups() {
        return Arbitraries.of("EHLO a\r\n", "EHLO \r\n", "VRFY a\r\n", ENVELOPE + "DATA\r\n",
                ENVELOPE + "RCPT TO:<x@elsewhere.test>\r\nNOOP\r\n", "a\r\n..b\r\n\0\u00e9\r\n.\r\n", ".\r\n",
                "a\nb\r\n.\r\n", "\r\n.\n\r\n.\r\n", "a\r\n.\rb\r\n.\r\nRSET\r\n", ENVELOPE
                + "BDAT 7\r\n.\r\n\r\n.\rBDAT 1 LAST\r\n\n",
                "BDAT 3\r\nabc", "BDAT 6 LAST\r\nQUIT\r\n", "BDAT 0 LAST\r\n", "BDAT x\r\n", "RSET\r\n", "NO\nOP\r\n",
                "x".repeat(900) + "\r\n", "\u00e9\r\n", "NOOP \0\r\n", ENVELOPE + "RSET\r\n" + ENVELOPE + "DATA\r\n",
                "x".repeat(300) + "\r\n.\r\n").list().ofMinSize(1).ofMaxSize(12);
    }

    private static Outcome outcome(String header, boolean startTls, List<String> groups, List<Integer> cuts)
            throws Exception {
        Server server = new Server(spool).limits(Limits.of(limits -> limits.maxMessageSize = 200));
        EmbeddedConnection connection =
                EmbeddedConnection.to(server.protocol(), Optional.of(tls), !header.isEmpty(), cuts);
        connection.send(header);
        List<String> sent = new ArrayList<>(groups);
        sent.add(0, "EHLO client.example.net\r\n");
        if (startTls) {
            connection.send("EHLO a\r\n").send("STARTTLS\r\n").handshake();
        }
        for (String group : sent) {
            if (connection.isOpen()) {
                connection.send(group);
            }
        }
        String heard = connection.heard();
        boolean open = connection.isOpen();
        connection.end();
        List<String> contents = new ArrayList<>(server.contents());
        List<String> peers = server.mails().stream().map(mail -> mail.peer().address().toString()).toList();
        return new Outcome(heard, open, contents, peers, server.memoryInUse());
    }
}
