package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server as the run command has it: mail for anybody is kept, and the next hop is the server itself. */
class MailboxRoundTripIT {

    private static final int MAILS = 40;

    private static CrashingServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CrashingServer("mailbox");
        startIt();
        server.deploy(Archives.ear());
        server.deploy(Archives.look());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** They come at once, each over a connection of its own; the answers come in while the others are still stored. */
    @Test
    void fortyMailsAtOnceAreAnsweredAndTheAnswersComeBack() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(MAILS);
        try {
            List<Callable<String>> sendings = new ArrayList<>();
            for (int i = 0; i < MAILS; i++) {
                int number = i;
                sendings.add(() -> send(number));
            }
            for (Future<String> reply : senders.invokeAll(sendings)) {
                assertThat(reply.get()).startsWith("250 ");
            }
        } finally {
            senders.shutdownNow();
        }
        Await.until("the answers", () -> count("SUBJECT like 'Auto: Echo %'") == MAILS);

        assertThat(count("SUBJECT like 'Echo %'")).isEqualTo(MAILS);
        assertThat(count("SUBJECT like '%Echo %'")).isEqualTo(2 * MAILS);
        assertThat(server.query("select distinct STATE, ATTEMPTS from SMTPRA_QUEUE_RECIPIENT"))
                .containsExactly(Map.of("STATE", "SENT", "ATTEMPTS", "1"));
    }

    @Test
    void mailOutlivesAServerThatIsKilled() throws Exception {
        try (OctetClient client = new OctetClient(server.smtpPort())) {
            assertThat(client.send("kept@example.com",
                    "Subject: Kept\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("250 ");
        }
        server.kill();
        startIt();

        Await.until("the application", () -> {
            try {
                return count("SUBJECT = 'Kept'") == 1;
            } catch (RuntimeException | AssertionError e) {
                return false;
            }
        });
        assertThat(server.query("select utf8tostring(OCTETS) as OCTETS from SMTPRA_MAIL_CONTENT where MAIL_ID ="
                + " (select ID from SMTPRA_MAIL where SUBJECT = 'Kept')").get(0).get("OCTETS")).endsWith("text\r\n");
    }

    private static void startIt() throws IOException {
        server.start("-Dsmtpra.inbound.recipients=*", "-Dsmtpra.relay.host=127.0.0.1",
                "-Dsmtpra.relay.port=" + server.smtpPort(), "-Dsmtpra.autoreply.from=echo@example.com");
    }

    private static String send(int number) throws IOException {
        try (OctetClient client = new OctetClient(server.smtpPort())) {
            return client.send("echo@example.com", ("From: author@example.org\r\nSubject: Echo " + number
                    + "\r\nMessage-ID: <" + number + "@example.org>\r\n\r\ntext\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static int count(String condition) {
        return Integer.parseInt(server.query("select count(*) as MAILS from SMTPRA_MAIL where " + condition).get(0)
                .get("MAILS"));
    }
}
