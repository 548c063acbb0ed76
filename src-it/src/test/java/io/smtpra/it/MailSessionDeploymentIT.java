package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.StartupMailBean;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The adapter's Session comes and goes with the adapter, and is what the administrator has made it. */
@ExtendWith(ArquillianExtension.class)
class MailSessionDeploymentIT {

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    private static final MailApplication APPLICATION = new MailApplication(WILDFLY);

    private SmtpPeer peer;

    @BeforeEach
    void open() throws Exception {
        peer = SmtpPeer.plain();
    }

    @AfterEach
    void close() throws Exception {
        peer.close();
    }

    @Test
    void withSendAtNowItIsAsItWasBefore() throws Exception {
        WILDFLY.property("smtpra.relay.send.at", "now");
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(MailApplication.archive());

        assertThat(APPLICATION.send("plain", "at once", "&end=rollback")).containsExactly("returned", "rolled back");
        assertThat(MailApplication.subjects(peer)).containsExactly("at once");
        peer.answering("RCPT TO:<b@example.org>", "550 5.1.1 unknown");
        assertThat(APPLICATION.send("plain", "refused", "&end=commit"))
                .anyMatch(line -> line.startsWith("thrown jakarta.mail.SendFailedException")).contains("committed");
    }

    @Test
    void anApplicationSendsAsItStarts() throws Exception {
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(MailApplication.archive().addClass(StartupMailBean.class));
        assertThat(MailApplication.subjects(peer)).containsExactly("started");
    }

    @Test
    void theNameGoesWithTheAdapterAndComesBackWithIt() throws Exception {
        assertThat(WILDFLY.deployInVain(MailApplication.archive())).contains("smtp.mail");
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(MailApplication.archive());
        assertThat(APPLICATION.send("plain", "again", "")).containsExactly("returned");
    }

    @Test
    void aNameThatIsTakenFailsTheDeploymentAndIsNamed() {
        WILDFLY.property("smtpra.relay.session.jndi.name", "java:jboss/mail/Default");

        String answer = WILDFLY.deployInVain(Archives.rar());

        assertThat(answer).contains("property 'sessionJndiName' is 'java:jboss/mail/Default', allowed: a name that"
                + " nothing else is bound to");
        assertThat(WILDFLY.isRunning()).isTrue();
    }

    @Test
    void withoutANameThereIsNoSession() throws Exception {
        WILDFLY.property("smtpra.relay.session.jndi.name", "none");
        WILDFLY.deploy(Archives.rar());

        assertThat(WILDFLY.deployInVain(MailApplication.archive())).contains("smtp.mail");
    }
}
