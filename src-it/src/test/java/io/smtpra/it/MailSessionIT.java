package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.pivovarit.function.ThrowingFunction;
import com.sanctionco.jmail.JMail;
import io.smtpra.it.app.MailSessionServlet;
import io.smtpra.it.app.StartupMailBean;
import java.io.File;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.logging.LogFactory;
import org.apache.commons.mail2.core.EmailException;
import org.apache.commons.mail2.jakarta.SimpleEmail;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.mailer.MailerBuilder;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.io.ResourceLoader;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Applications, and the libraries they bring, that know Jakarta Mail alone and find the adapter's Session by its name.
 */
@ExtendWith(ArquillianExtension.class)
class MailSessionIT {

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    private SmtpPeer peer;

    @BeforeEach
    void open() throws Exception {
        peer = SmtpPeer.plain();
        WILDFLY.property("smtpra.relay.command.timeout", "20s");
        WILDFLY.deploy(Archives.rar());
    }

    @AfterEach
    void close() throws Exception {
        peer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "transport", "spring", "simple", "commons"})
    void eachSendsAtOnceWithoutATransactionAndWithItsCommitInOne(String client) throws Exception {
        WILDFLY.deploy(application());

        assertThat(send(client, "now", "")).containsExactly("returned");
        assertThat(subjects()).containsExactly("now");
        assertThat(send(client, "never", "&end=rollback")).containsExactly("returned", "rolled back");
        assertThat(send(client, "later", "&end=commit")).containsExactly("returned", "committed");

        assertThat(subjects()).containsExactly("now", "later");
        assertThat(peer.mails()).allSatisfy(mail -> {
            assertThat(mail.from()).isEqualTo("app@example.com");
            assertThat(mail.recipients()).containsExactly("a@example.org", "b@example.org");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "transport", "spring", "simple", "commons"})
    void eachHearsOfARefusalWhereItWouldAndInATransactionFromTheCommit(String client) throws Exception {
        WILDFLY.deploy(application());
        peer.answering("RCPT TO:<b@example.org>", "550 5.1.1 unknown");

        assertThat(send(client, "now", "")).first().asString().startsWith("thrown ");
        assertThat(send(client, "now", "")).anyMatch(line -> line.startsWith("thrown io.smtpra.SmtpException: ")
                && line.contains("550 5.1.1 unknown"));
        assertThat(send(client, "later", "&end=commit")).containsExactly("returned", "refused");
        assertThat(peer.mails()).isEmpty();
    }

    @Test
    void aListenerHearsWhatBecameOfTheMailWhenTheTransactionHasEnded() throws Exception {
        WILDFLY.deploy(application());

        send("transport", "later", "&end=commit");
        Await.until("a listener to hear of it", () -> heard().equals("[delivered]"));
        send("transport", "never", "&end=rollback");
        Await.until("a listener to hear of it", () -> heard().equals("[not delivered]"));
    }

    @Test
    void withSendAtNowItIsAsItWasBefore() throws Exception {
        WILDFLY.undeploy(Archives.RAR);
        WILDFLY.property("smtpra.relay.send.at", "now");
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(application());

        assertThat(send("plain", "at once", "&end=rollback")).containsExactly("returned", "rolled back");
        assertThat(subjects()).containsExactly("at once");
        peer.answering("RCPT TO:<b@example.org>", "550 5.1.1 unknown");
        assertThat(send("plain", "refused", "&end=commit"))
                .anyMatch(line -> line.startsWith("thrown jakarta.mail.SendFailedException")).contains("committed");
    }

    @Test
    void anApplicationSendsAsItStarts() throws Exception {
        WILDFLY.deploy(application().addClass(StartupMailBean.class));
        assertThat(subjects()).containsExactly("started");
    }

    @Test
    void theNameGoesWithTheAdapterAndComesBackWithIt() throws Exception {
        WILDFLY.undeploy(Archives.RAR);
        assertThat(WILDFLY.deployInVain(application())).contains("smtp/mail");
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(application());
        assertThat(send("plain", "again", "")).containsExactly("returned");
    }

    @Test
    void aNameThatIsTakenFailsTheDeploymentAndIsNamed() {
        WILDFLY.undeploy(Archives.RAR);
        WILDFLY.property("smtpra.relay.session.jndi.name", "java:jboss/mail/Default");

        String answer = WILDFLY.deployInVain(Archives.rar());

        assertThat(answer).contains("property 'sessionJndiName' is 'java:jboss/mail/Default', allowed: a name that"
                + " nothing else is bound to");
        assertThat(WILDFLY.isRunning()).isTrue();
    }

    @Test
    void withoutANameThereIsNoSession() throws Exception {
        WILDFLY.undeploy(Archives.RAR);
        WILDFLY.property("smtpra.relay.session.jndi.name", " ");
        WILDFLY.deploy(Archives.rar());

        assertThat(WILDFLY.deployInVain(application())).contains("smtp/mail");
    }

    /** What an application brings: its own classes and libraries, and nothing of the adapter. */
    private static WebArchive application() {
        WebArchive application = ShrinkWrap.create(WebArchive.class, "mail.war").addClass(MailSessionServlet.class)
                .addPackages(false, path -> path.get().matches(".*/[A-Za-z]*MailClient(\\$\\d+)?\\.class"),
                        MailSessionServlet.class.getPackage());
        libraries().forEach(application::addAsLibrary);
        return application;
    }

    /** Without what the server has: Jakarta Mail, its implementation, SLF4J. */
    private static Stream<File> libraries() {
        return Stream.of(
                        // Spring
                        JavaMailSenderImpl.class, ResourceLoader.class, InitializingBean.class, LogFactory.class,
                        // Simple Java Mail
                        MailerBuilder.class, Mailer.class, JMail.class, ThrowingFunction.class,
                        // Commons Email
                        SimpleEmail.class, EmailException.class)
                .map(type -> new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()));
    }

    private static List<String> send(String client, String subject, String more) {
        return WILDFLY.request("/mail/send?client=" + client + "&subject=" + subject.replace(' ', '+')
                + "&to=a@example.org,b@example.org" + more, "").lines().toList();
    }

    private static String heard() {
        return WILDFLY.request("/mail/send?client=heard", "");
    }

    private List<String> subjects() {
        return peer.mails().stream().map(mail -> mail.content().lines()
                .filter(line -> line.startsWith("Subject: ")).findFirst().orElseThrow().substring(9)).toList();
    }
}
