package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server's pool as an administrator sees and sets it, the adapter being configured by the server's subsystem. */
@ExtendWith(ArquillianExtension.class)
class ConnectionPoolIT {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final int CONNECTIONS = 2;

    private static final ModelNode DEFINITION = Operations.createAddress(
            "subsystem", "resource-adapters", "resource-adapter", Archives.RAR, "connection-definitions", "relay");

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    private final SendingApplication application = new SendingApplication(WILDFLY);

    @BeforeAll
    static void deploy() throws Exception {
        assumeFalse(WILDFLY.wantsReload(), "until its reload the server starts nothing that its subsystem is given");
        WILDFLY.script(RESOURCES.resolve("pool.cli"), RESOURCES.resolve("pool-away.cli"));
        WILDFLY.deploy(Archives.rarForSubsystem());
        WILDFLY.deploy(SendingApplication.archive());
    }

    @Test
    void connectionsAreCountedLookedAtWithoutAWordAndReplaced() throws Exception {
        WILDFLY.execute(Operations.createOperation("flush-all-connection-in-pool", DEFINITION));
        int created = statistic("CreatedCount");
        int destroyed = statistic("DestroyedCount");
        try (SmtpPeer peer = SmtpPeer.plain()) {
            assertThat(application.request("do now")).contains("state SENT");
            assertThat(application.request("do now")).contains("state SENT");
            assertThat(statistic("CreatedCount")).isEqualTo(created + 1);
            assertThat(statistic("InUseCount")).isZero();
            assertThat(statistic("ActiveCount")).isEqualTo(1);
            assertThat(opened(peer)).hasSize(1);

            peer.restart();
            assertThat(application.request("do now")).contains("state SENT");
            // Seen by the pool, which made another.
            assertThat(statistic("DestroyedCount")).isEqualTo(destroyed + 1);
            assertThat(opened(peer)).hasSize(2);

            // The third mail is the last on a connection.
            for (int i = 0; i < 3; i++) {
                assertThat(application.request("do now")).contains("state SENT");
            }
            assertThat(opened(peer)).hasSize(3);
            assertThat(peer.commands()).doesNotContain("NOOP");
            assertThat(peer.mails()).hasSize(6);
        }
    }

    @Test
    void aPoolThatIsExhaustedIsWorthTryingAgain() throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            assertThat(application.request("do exhaust\nconnections " + CONNECTIONS))
                    .anyMatch(line -> line.startsWith("exhausted PREPARE retryable true: No connection from the pool"));
            assertThat(application.request("do now")).contains("state SENT");
            assertThat(statistic("InUseCount")).isZero();
        }
    }

    private static List<String> opened(SmtpPeer peer) {
        return peer.commands().stream().filter(command -> command.startsWith("EHLO")).toList();
    }

    private static int statistic(String name) {
        ModelNode pool = DEFINITION.clone().add("statistics", "pool");
        return WILDFLY.execute(Operations.createReadAttributeOperation(pool, name)).asInt();
    }
}
