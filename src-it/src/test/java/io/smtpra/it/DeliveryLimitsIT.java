package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.HeldBean;
import io.smtpra.it.app.OutcomeBean;
import io.smtpra.it.app.Outcomes;
import io.smtpra.it.app.TinyPoolBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Beans, pools and threads that are not enough: who waits, how long, and who does not have to. */
@ExtendWith(ArquillianExtension.class)
class DeliveryLimitsIT {

    private static final String HELD = "held@example.com";
    private static final String QUICK = "quick@example.net";

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @TempDir
    Path directory;

    private MailsInBean held;

    @BeforeEach
    void prepare() {
        held = new MailsInBean(directory, Ports.SMTP);
        WILDFLY.table(Outcomes.TABLE);
        WILDFLY.property("smtpra.max.connections.per.address", "1000");
    }

    @Test
    void aSleepingBeanStallsNobodyElse() throws Exception {
        WILDFLY.property("smtpra.max.deliveries", "8");
        WILDFLY.deploy(Archives.rar());
        deployHeld("4");
        deployQuick();

        List<CompletableFuture<String>> mails = held.send(200, HELD);
        held.await(4);
        for (int i = 0; i < 50; i++) {
            assertThat(Dialogue.send("quick", QUICK)).startsWith("250 ");
        }
        assertThat(mails).noneMatch(CompletableFuture::isDone);
        held.letGo();

        assertDelivered(mails);
        assertThat(WILDFLY.query("select ID from OUTCOME")).hasSize(250);
    }

    @Test
    void whileAllPermitsAreHeldEverybodyIsTalkedTo() throws Exception {
        WILDFLY.property("smtpra.max.deliveries", "4");
        WILDFLY.property("smtpra.queue.timeout", "1s");
        WILDFLY.deploy(Archives.rar());
        deployHeld("4");
        deployQuick();

        List<CompletableFuture<String>> mails = held.send(4, HELD);
        held.await(4);
        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            assertThat(dialogue.command("NOOP")).startsWith("250");
            assertThat(dialogue.command("MAIL FROM:<a@example.org>")).startsWith("250");
            assertThat(dialogue.command("RCPT TO:<" + QUICK + ">")).startsWith("250");
            assertThat(dialogue.command("RSET")).startsWith("250");
            assertThat(dialogue.mail("quick", QUICK)).startsWith("451 4.3.2");
            held.letGo();
            assertDelivered(mails);
            assertThat(dialogue.mail("quick", QUICK)).startsWith("250 ");
        }
    }

    @Test
    void aPoolOfBeansThatIsExhaustedRefusesForNow() throws Exception {
        ModelNode pool = Operations.createAddress("subsystem", "ejb3", "strict-max-bean-instance-pool", "tiny");
        ModelNode add = Operations.createAddOperation(pool);
        add.get("max-pool-size").set(1);
        add.get("timeout").set(1);
        add.get("timeout-unit").set("SECONDS");
        WILDFLY.execute(add, Operations.createRemoveOperation(pool));
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(Archives.beans("held.jar", Archives.RAR,
                Map.of("recipients", "*@example.com", "maxConcurrency", "4"), TinyPoolBean.class));

        List<CompletableFuture<String>> mails = held.send(1, HELD);
        held.await(1);
        assertThat(Dialogue.send(directory.toString(), HELD)).startsWith("451 4.3.2");
        assertThat(WILDFLY.log().await("no instance of .*TinyPoolBean")).contains("WARN", "maxConcurrency");
        held.letGo();
        assertDelivered(mails);
        assertThat(WILDFLY.query("select ID from OUTCOME")).hasSize(1);
    }

    @Test
    void aWorkManagerThatIsExhaustedRefusesForNow() throws Exception {
        WILDFLY.workManager("tiny", 1);
        WILDFLY.property("smtpra.bootstrap.context", "tiny");
        WILDFLY.property("smtpra.queue.timeout", "1s");
        WILDFLY.deploy(Archives.rar());
        deployHeld("8");

        List<CompletableFuture<String>> mails = held.send(1, HELD);
        held.await(1);
        List<CompletableFuture<String>> late = held.send(5, HELD);
        for (CompletableFuture<String> reply : late) {
            assertThat(reply.get(30, TimeUnit.SECONDS)).startsWith("451 4.3.2");
        }
        assertThat(WILDFLY.log().await("work manager had no thread")).contains("WARN");
        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            assertThat(dialogue.command("NOOP")).startsWith("250");
            held.letGo();
            assertDelivered(mails);
            // Those that were given up have to pass through the one thread first.
            Await.until("a thread", () -> held.mail(dialogue, HELD).startsWith("250 "));
        }
        // What was refused was never given to the bean.
        assertThat(WILDFLY.query("select ID from OUTCOME")).hasSize(2);
    }

    @Test
    void aBeanThatTakesTooLongIsRefusedOnceAndRolledBack() throws Exception {
        WILDFLY.property("smtpra.delivery.timeout", "2s");
        WILDFLY.deploy(Archives.rar());
        deployHeld("4");

        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            assertThat(held.mail(dialogue, HELD)).startsWith("451 4.3.0");
            assertThat(WILDFLY.log().await("deliveryTimeout")).contains("WARN");
            held.letGo();
            WILDFLY.log().await("given up while .*HeldBean ran; it is rolled back");
            assertThat(WILDFLY.query("select ID from OUTCOME")).isEmpty();

            // Nothing more is said about it: the next reply is that to the next command.
            assertThat(dialogue.command("NOOP")).startsWith("250");
            assertThat(held.mail(dialogue, HELD)).startsWith("250 ");
        }
        assertThat(WILDFLY.query("select ID from OUTCOME")).hasSize(1);
    }

    @Test
    void aBeanThatIsPausedWhileItRunsIsGivenUpInTheEnd() throws Exception {
        WILDFLY.property("smtpra.shutdown.timeout", "1s");
        WILDFLY.deploy(Archives.rar());
        deployHeld("4");
        ModelNode bean = Operations.createAddress(
                "deployment", "held.jar", "subsystem", "ejb3", "message-driven-bean", HeldBean.class.getSimpleName());

        List<CompletableFuture<String>> mails = held.send(1, HELD);
        held.await(1);
        WILDFLY.execute(Operations.createOperation("stop-delivery", bean));
        assertThat(mails.get(0).get(60, TimeUnit.SECONDS)).startsWith("451 4.3.2");
        assertThat(WILDFLY.log().await("shutdownTimeout")).contains("WARN");
        held.letGo();
        WILDFLY.log().await("given up while .*HeldBean ran; it is rolled back");
        assertThat(WILDFLY.query("select ID from OUTCOME")).isEmpty();

        WILDFLY.execute(Operations.createOperation("start-delivery", bean));
        assertDelivered(held.send(1, HELD));
    }

    private static void assertDelivered(List<CompletableFuture<String>> mails) throws Exception {
        for (CompletableFuture<String> reply : mails) {
            assertThat(reply.get(60, TimeUnit.SECONDS)).startsWith("250 ");
        }
    }

    private static void deployHeld(String maxConcurrency) throws Exception {
        WILDFLY.deploy(Archives.beans("held.jar", Archives.RAR,
                Map.of("recipients", "*@example.com", "maxConcurrency", maxConcurrency), HeldBean.class));
    }

    private static void deployQuick() throws Exception {
        WILDFLY.deploy(Archives.beans("quick.jar", Archives.RAR, Map.of("recipients", "*@example.net"),
                OutcomeBean.class));
    }
}
