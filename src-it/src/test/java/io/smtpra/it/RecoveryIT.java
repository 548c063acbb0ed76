package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.LateBean;
import io.smtpra.it.app.LateResource;
import io.smtpra.it.app.OutcomeBean;
import io.smtpra.it.app.Outcomes;
import io.smtpra.it.app.XaBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Transactions that several beans share and that are left open: by a server that dies, by a resource that goes away. */
class RecoveryIT {

    private static final String[] BOTH = {"a@one.example.com", "b@two.example.com"};

    @Test
    void whatIsInDoubtIsRolledBackAtTheStart() throws Exception {
        int debugPort = CrashingServer.freePort();
        try (CrashingServer server = new CrashingServer()) {
            server.start("--debug", Integer.toString(debugPort));
            server.xaDatasource("second", XaBean.XA);
            server.deploy(Archives.look());
            String table = "create table " + Outcomes.TABLE;
            server.query(table);
            server.query(XaBean.XA, table);
            server.deploy(Archives.rar());
            server.deploy(Archives.beans("one.jar", Archives.RAR, Map.of("recipients", "*@one.example.com"),
                    XaBean.class));
            server.deploy(Archives.beans("two.jar", Archives.RAR, Map.of("recipients", "*@two.example.com"),
                    OutcomeBean.class));
            assertThat(send(server, "before")).startsWith("250 ");

            Breakpoint prepared = Breakpoint.at(debugPort, "io.smtpra.ra.inbound.delivery.ImportedDelivery", "commitPrepared");
            Thread sender = new Thread(() -> sendInVain(server), "sender");
            sender.start();
            prepared.await();
            server.kill();
            sender.join();
            server.start();

            Await.until("the rollback",
                    () -> logged(server, "SMTPRA0560: Transaction [0-9a-f]+, which was left open, has ended: ROLLBACK"));
            Await.until("what is in doubt to be gone", () -> server.query(XaBean.XA,
                    "select * from INFORMATION_SCHEMA.IN_DOUBT").isEmpty());
            assertThat(send(server, "after")).startsWith("250 ");
            assertThat(server.query(XaBean.XA, "select SUBJECT from OUTCOME order by SUBJECT"))
                    .containsExactly(Map.of("SUBJECT", "after"), Map.of("SUBJECT", "before"));
        }
    }

    @Test
    void whatIsToBeCommittedIsKnownToTheNextStartOfTheAdapter() throws Exception {
        try (CrashingServer server = new CrashingServer()) {
            server.start();
            server.deploy(Archives.look());
            server.query("create table " + Outcomes.TABLE);
            server.deploy(Archives.rar());
            server.deploy(Archives.beans("one.jar", Archives.RAR, Map.of("recipients", "*@one.example.com"),
                    OutcomeBean.class));
            server.deploy(Archives.beans("two.jar", Archives.RAR, Map.of("recipients", "*@two.example.com"),
                    LateBean.class).addClass(LateResource.class));
            assertThat(send(server, "unfinished")).startsWith("451 4.3.0");
            assertThat(logged(server, "prepared transaction [0-9a-f]+ of .* did not commit")).isTrue();

            server.undeploy("one.jar");
            server.undeploy("two.jar");
            server.undeploy(Archives.RAR);
            server.deploy(Archives.rar());
            Await.until("another attempt",
                    () -> logged(server, "SMTPRA0562: Transaction [0-9a-f]+ cannot .* it is to end with COMMIT"));

            assertThat(logged(server, "has ended: ROLLBACK")).isFalse();
            assertThat(server.query("select * from OUTCOME")).as("what the other bean has kept stays").hasSize(1);
        }
    }

    private static String send(CrashingServer server, String subject) throws IOException {
        try (Dialogue dialogue = new Dialogue(server.smtpPort())) {
            return dialogue.mail(subject, BOTH);
        }
    }

    private static void sendInVain(CrashingServer server) {
        try {
            send(server, "in doubt");
        } catch (IOException e) {
            // the server has died
        }
    }

    private static boolean logged(CrashingServer server, String regex) {
        try {
            return server.log().stream().anyMatch(line -> line.matches(".*" + regex + ".*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
