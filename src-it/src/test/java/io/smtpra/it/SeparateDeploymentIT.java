package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.it.Mails.StartTls;
import io.smtpra.it.app.InboxBean;
import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The adapter in one deployment, the beans in another: docs/installation.md shows what they declare. */
@ExtendWith(ArquillianExtension.class)
class SeparateDeploymentIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @BeforeEach
    void deploy() throws Exception {
        WILDFLY.table("INBOX (ID varchar(64), SUBJECT varchar(998))");
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(inbox());
    }

    @Test
    void beanIsServed() throws Exception {
        Mails.send(Mails.message("a@example.org", "b@example.com", "Across", "text"), StartTls.REQUIRED);

        assertThat(WILDFLY.query("select SUBJECT from INBOX")).containsExactly(Map.of("SUBJECT", "Across"));
    }

    @Test
    void beanIsServedAgainAfterItWasRedeployed() throws Exception {
        WILDFLY.undeploy("inbox.jar");
        WILDFLY.deploy(inbox());

        Mails.send(Mails.message("a@example.org", "b@example.com", "Again", "text"), StartTls.REQUIRED);

        assertThat(WILDFLY.query("select SUBJECT from INBOX")).containsExactly(Map.of("SUBJECT", "Again"));
    }

    /** docs/monitoring.md: this server has none of the layers that it serves. */
    @Test
    void theJarForMonitoringDoesNoHarm() throws Exception {
        WILDFLY.deploy(Archives.monitoring());

        beanIsServed();
    }

    @Test
    void whoeverIsConnectedIsToldThatTheAdapterStops() throws Exception {
        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            WILDFLY.undeploy("inbox.jar");
            assertThat(dialogue.mail("nobody takes it", "b@example.com")).startsWith("451 4.3.2");
            WILDFLY.undeploy(Archives.RAR);

            assertThat(dialogue.reply()).startsWith("421 4.3.2");
        }
        assertThatThrownBy(() -> new Dialogue(Ports.SMTP)).isInstanceOf(IOException.class);
    }

    @Test
    void beanWithoutItsAdapterFailsToDeployAndCanBeDeployedLater() throws Exception {
        WILDFLY.undeploy("inbox.jar");
        WILDFLY.undeploy(Archives.RAR);

        assertThat(WILDFLY.deployInVain(inbox())).contains("deployment." + Archives.RAR);
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(inbox());

        Mails.send(Mails.message("a@example.org", "b@example.com", "Later", "text"), StartTls.REQUIRED);
        assertThat(WILDFLY.query("select SUBJECT from INBOX")).containsExactly(Map.of("SUBJECT", "Later"));
    }

    private static JavaArchive inbox() {
        return Archives.beans("inbox.jar", Archives.RAR, Map.of("recipients", "*@example.com"), InboxBean.class);
    }
}
