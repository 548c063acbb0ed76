package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The server dies after the next hop has taken a mail and before the application's database has committed: the one gap
 * that a mail in a transaction leaves, as docs/outbound.md says. Never is a row committed whose mail was not taken.
 */
class OutboundCrashIT {

    private static final String DATABASE_COMMITS = "org.jboss.jca.adapters.jdbc.local.LocalManagedConnection";
    private static final String ROWS = "select count(*) as N from IT_ROWS";

    @Test
    void killedBetweenAcceptanceAndCommitTheMailIsOutAndTheRowIsNot() throws Exception {
        int debugPort = CrashingServer.freePort();
        try (SmtpPeer peer = SmtpPeer.plain(); CrashingServer server = new CrashingServer()) {
            server.start("-Dsmtpra.relay.port=" + Ports.RELAY, "--debug", Integer.toString(debugPort));
            server.deploy(Archives.look());
            server.deploy(Archives.rar());
            server.deploy(SendingApplication.archive());
            assertThat(send(server, "before")).contains("outcome committed", "rows 1 0");

            Breakpoint committing = Breakpoint.at(debugPort, DATABASE_COMMITS, "commit");
            Thread sender = new Thread(() -> sendInVain(server), "sender");
            sender.start();
            committing.await();
            assertThat(SendingApplication.subjects(peer)).containsExactly("before", "between");
            server.kill();
            sender.join();
            server.start("-Dsmtpra.relay.port=" + Ports.RELAY);

            assertThat(server.query(ROWS)).as("each request begins with an empty table")
                    .isEqualTo(List.of(Map.of("N", "0")));
            assertThat(send(server, "after")).contains("outcome committed", "rows 1 0");
            assertThat(SendingApplication.subjects(peer)).containsExactly("before", "between", "after");
        }
    }

    private static List<String> send(CrashingServer server, String subject) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + Ports.LOOPBACK + ":" + server.httpPort() + "/sender/send");
        HttpRequest request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(
                "do transaction\ndatabases plain\nend commit\nmails " + subject)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body().lines().toList();
    }

    private static void sendInVain(CrashingServer server) {
        try {
            send(server, "between");
        } catch (IOException e) {
            // the server has died
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
