package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.OutcomeBean;
import io.smtpra.it.app.SlowBean;
import io.smtpra.it.app.SlowMail;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mail goes on arriving while beans come and go: what was answered 250 is there, and nothing was refused for good. */
@ExtendWith(ArquillianExtension.class)
class LoadUnderChangeIT {

    private static final String BEANS = "slow.jar";
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 4;

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @BeforeEach
    void deploy() throws Exception {
        WILDFLY.table("SLOW (ID varchar(64) primary key)");
        WILDFLY.property("smtpra.max.connections.per.address", "1000");
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(slow());
    }

    @Test
    void redeploymentLosesNoMail() throws Exception {
        try (Load load = new Load(Ports.SMTP, CONNECTIONS, "a@example.com")) {
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitDelivered(2 * CONNECTIONS);
                WILDFLY.undeploy(BEANS);
                WILDFLY.deploy(slow());
            }
            load.awaitDelivered(CONNECTIONS);
            load.stop();
            check(load);
        }
    }

    @Test
    void redeploymentOfOneOfTwoBeansLosesNoMailOfBoth() throws Exception {
        WILDFLY.table("OUTCOME (ID varchar(64), SUBJECT varchar(998), MDC varchar(64))");
        WILDFLY.deploy(Archives.beans("outcome.jar", Archives.RAR, Map.of("recipients", "*@example.net"),
                OutcomeBean.class));
        try (Load load = new Load(Ports.SMTP, CONNECTIONS, "a@example.com", "b@example.net")) {
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitDelivered(2 * CONNECTIONS);
                WILDFLY.undeploy(BEANS);
                WILDFLY.deploy(slow());
            }
            load.awaitDelivered(CONNECTIONS);
            load.stop();
            check(load);
            assertThat(WILDFLY.query("select ID from OUTCOME").stream().map(row -> row.get("ID")))
                    .containsExactlyInAnyOrderElementsOf(load.delivered());
        }
    }

    @Test
    void anAdapterThatStopsAndStartsOnTheSamePortLosesNoMail() throws Exception {
        try (Load load = new Load(Ports.SMTP, CONNECTIONS, "a@example.com")) {
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitDelivered(2 * CONNECTIONS);
                WILDFLY.undeploy(BEANS);
                WILDFLY.undeploy(Archives.RAR);
                WILDFLY.deploy(Archives.rar());
                WILDFLY.deploy(slow());
            }
            load.awaitDelivered(CONNECTIONS);
            load.stop();
            checkKept(load);
        }
    }

    /** The server does not let the adapter go before its beans: it stops them all, then starts them again. */
    @Test
    void anAdapterThatTheServerRestartsTogetherWithItsBeansLosesNoMail() throws Exception {
        try (Load load = new Load(Ports.SMTP, CONNECTIONS, "a@example.com")) {
            for (int round = 0; round < 2; round++) {
                load.awaitDelivered(2 * CONNECTIONS);
                WILDFLY.undeploy(Archives.RAR);
                WILDFLY.log().await("Undeploy of deployment .*" + Archives.RAR + ".* was rolled back");
            }
            load.awaitDelivered(CONNECTIONS);
            load.stop();
            checkKept(load);
        }
    }

    @Test
    void suspensionLosesNoMail() throws Exception {
        try (Load load = new Load(Ports.SMTP, CONNECTIONS, "a@example.com")) {
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitDelivered(2 * CONNECTIONS);
                ModelNode suspend = Operations.createOperation("suspend");
                suspend.get("suspend-timeout").set(20);
                WILDFLY.execute(suspend);
                load.awaitRefused(1);
                WILDFLY.execute(Operations.createOperation("resume"));
            }
            load.awaitDelivered(CONNECTIONS);
            load.stop();
            check(load);
        }
    }

    @Test
    void aPausedBeanLosesNoMail() throws Exception {
        ModelNode bean = Operations.createAddress(
                "deployment", BEANS, "subsystem", "ejb3", "message-driven-bean", SlowBean.class.getSimpleName());
        try (Load load = new Load(Ports.SMTP, CONNECTIONS, "a@example.com")) {
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitDelivered(2 * CONNECTIONS);
                WILDFLY.execute(Operations.createOperation("stop-delivery", bean));
                load.awaitRefused(1);
                WILDFLY.execute(Operations.createOperation("start-delivery", bean));
            }
            load.awaitDelivered(CONNECTIONS);
            load.stop();
            check(load);
        }
    }

    @Test
    void aSlowBeanStallsNobodyElse() throws Exception {
        WILDFLY.table("OUTCOME (ID varchar(64), SUBJECT varchar(998), MDC varchar(64))");
        WILDFLY.deploy(Archives.beans("outcome.jar", Archives.RAR, Map.of("recipients", "*@example.net"),
                OutcomeBean.class));
        try (Load slow = new Load(Ports.SMTP, 200, "a@example.com"); Dialogue quick = new Dialogue(Ports.SMTP)) {
            slow.awaitDelivered(1);
            int before = slow.delivered().size();
            for (int i = 0; i < 50; i++) {
                assertThat(quick.mail("quick", "b@example.net")).startsWith("250 ");
            }
            // Had each of them waited for all of the 200, some 10,000 would have passed by.
            assertThat(slow.delivered().size() - before).isLessThan(2_000);
            slow.stop();
            assertThat(slow.refused()).allMatch(reply -> reply.startsWith("4"));
        }
    }

    private static void check(Load load) {
        checkKept(load);
        assertThat(load.refused()).isNotEmpty();
        assertThat(load.broken()).isEmpty();
    }

    private static void checkKept(Load load) {
        List<String> kept = WILDFLY.query("select ID from SLOW").stream().map(row -> row.get("ID")).toList();
        assertThat(kept).containsExactlyInAnyOrderElementsOf(load.delivered());
        assertThat(load.refused()).allMatch(reply -> reply.startsWith("4"));
    }

    private static JavaArchive slow() {
        return Archives.beans(BEANS, Archives.RAR, Map.of("recipients", "*@example.com"), SlowBean.class)
                .addClass(SlowMail.class)
                .addAsManifestResource(new StringAsset("""
                        <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
                          <persistence-unit name="slow"/>
                        </persistence>
                        """), "persistence.xml");
    }
}
