package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.DirectoryBean;
import io.smtpra.it.app.NamedBean;
import io.smtpra.it.app.Outcomes;
import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A bean that is deployed, and takes no mail here: delivery is not active, as on a node that waits for another to fail.
 */
@ExtendWith(ArquillianExtension.class)
class InactiveBeanIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @Test
    void mailForADomainThatIsOursWaitsUntilTheBeanIsActive() throws Exception {
        WILDFLY.property("smtpra.local.domains", "example.net");
        WILDFLY.table(Outcomes.TABLE);
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(Archives.beans("active.jar", Archives.RAR, Map.of("recipients", "*@example.com"),
                DirectoryBean.class));
        WILDFLY.deploy(Archives.inactive(Archives.beans("inactive.jar", Archives.RAR,
                Map.of("recipients", "*@example.net, *@example.org"), NamedBean.class)));

        assertThat(recipient("joe@example.com")).startsWith("250 ");
        assertThat(recipient("joe@example.net")).startsWith("451 4.3.2");
        assertThat(recipient("joe@example.org")).as("nothing says that this domain is ours").startsWith("550 5.7.1");

        ModelNode bean = Operations.createAddress(
                "deployment", "inactive.jar", "subsystem", "ejb3", "message-driven-bean", "NamedBean");
        WILDFLY.execute(Operations.createOperation("start-delivery", bean));
        assertThat(Dialogue.send("active now", "joe@example.net", "joe@example.org")).startsWith("250 2.0.0");
        WILDFLY.execute(Operations.createOperation("stop-delivery", bean));
        assertThat(recipient("joe@example.org")).as("known since it was active").startsWith("451 4.3.2");
    }

    private static String recipient(String mailbox) throws IOException {
        try (SmtpLines lines = SmtpLines.plain(Ports.SMTP)) {
            lines.say("MAIL FROM:<author@example.org>");
            return lines.say("RCPT TO:<" + mailbox + ">");
        }
    }
}
