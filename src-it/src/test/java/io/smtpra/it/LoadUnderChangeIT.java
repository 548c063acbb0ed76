package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.it.app.OutcomeBean;
import io.smtpra.it.app.Outcomes;
import io.smtpra.it.app.SlowBean;
import io.smtpra.it.app.SlowMail;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
        underLoad(ROUNDS, load -> {
            WILDFLY.undeploy(BEANS);
            WILDFLY.deploy(slow());
        }, LoadUnderChangeIT::check, "a@example.com");
    }

    @Test
    void redeploymentOfOneOfTwoBeansLosesNoMailOfBoth() throws Exception {
        WILDFLY.table(Outcomes.TABLE);
        WILDFLY.deploy(Archives.beans("outcome.jar", Archives.RAR, Map.of("recipients", "*@example.net"),
                OutcomeBean.class));
        underLoad(ROUNDS, load -> {
            WILDFLY.undeploy(BEANS);
            WILDFLY.deploy(slow());
        }, load -> {
            check(load);
            assertThat(WILDFLY.query("select ID from OUTCOME").stream().map(row -> row.get("ID")))
                    .containsExactlyInAnyOrderElementsOf(load.delivered());
        }, "a@example.com", "b@example.net");
    }

    @Test
    void anAdapterThatStopsAndStartsOnTheSamePortLosesNoMail() throws Exception {
        underLoad(ROUNDS, load -> {
            WILDFLY.undeploy(BEANS);
            WILDFLY.undeploy(Archives.RAR);
            WILDFLY.deploy(Archives.rar());
            WILDFLY.deploy(slow());
        }, LoadUnderChangeIT::checkKept, "a@example.com");
    }

    /** The server does not let the adapter go before its beans: it stops them all, then starts them again. */
    @Test
    void anAdapterThatTheServerRestartsTogetherWithItsBeansLosesNoMail() throws Exception {
        underLoad(2, load -> {
            WILDFLY.undeploy(Archives.RAR);
            WILDFLY.log().await("Undeploy of deployment .*" + Archives.RAR + ".* was rolled back");
        }, LoadUnderChangeIT::checkKept, "a@example.com");
    }

    @Test
    void suspensionLosesNoMail() throws Exception {
        underLoad(ROUNDS, load -> {
            ModelNode suspend = Operations.createOperation("suspend");
            suspend.get("suspend-timeout").set(20);
            WILDFLY.execute(suspend);
            load.awaitRefused(1);
            WILDFLY.execute(Operations.createOperation("resume"));
        }, LoadUnderChangeIT::check, "a@example.com");
    }

    @Test
    void anAdministratorWhoPausesTheListenersLosesNoMail() throws Exception {
        String listeners = "io.smtpra:type=Listeners,*";
        String port = "io.smtpra:type=Listener,listener=\"127.0.0.1:" + Ports.SMTP + "\",*";
        underLoad(ROUNDS, load -> {
            assertThat(WILDFLY.bean(listeners, "turnAway()")).containsExactly("null");
            assertThat(WILDFLY.bean(listeners, "resume()")).containsExactly("null");
            assertThat(WILDFLY.bean(listeners, "pause()")).containsExactly("null");
            assertThatThrownBy(() -> new Socket(Ports.LOOPBACK, Ports.SMTP).close()).isInstanceOf(IOException.class);
            assertThat(WILDFLY.bean(listeners, "resume()")).containsExactly("null");
            assertThat(WILDFLY.bean(port, "pause()")).containsExactly("null");
            assertThat(WILDFLY.bean(port, "State")).containsExactly("paused");
            assertThat(WILDFLY.bean(port, "resume()")).containsExactly("null");
            assertThat(WILDFLY.bean("io.smtpra:type=Certificates,*", "flushSessions()")).containsExactly("null");
        }, load -> {
            checkKept(load);
            assertThat(load.broken()).isEmpty();
        }, "a@example.com");
    }

    @Test
    void aPausedBeanLosesNoMail() throws Exception {
        ModelNode bean = Operations.createAddress(
                "deployment", BEANS, "subsystem", "ejb3", "message-driven-bean", SlowBean.class.getSimpleName());
        underLoad(ROUNDS, load -> {
            WILDFLY.execute(Operations.createOperation("stop-delivery", bean));
            load.awaitRefused(1);
            WILDFLY.execute(Operations.createOperation("start-delivery", bean));
        }, LoadUnderChangeIT::check, "a@example.com");
    }

    @Test
    void aSlowBeanStallsNobodyElse() throws Exception {
        WILDFLY.table(Outcomes.TABLE);
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

    /**
     * Changes something again and again while mail arrives, which goes on afterwards; then looks at what came of it.
     */
    private static void underLoad(int rounds, Change change, Consumer<Load> check, String... recipients)
            throws Exception {
        try (Load load = new Load(Ports.SMTP, CONNECTIONS, recipients)) {
            for (int round = 0; round < rounds; round++) {
                load.awaitDelivered(2 * CONNECTIONS);
                change.make(load);
            }
            load.awaitDelivered(CONNECTIONS);
            load.stop();
            check.accept(load);
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

    private interface Change {
        void make(Load load) throws Exception;
    }
}
