package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.InboundMail;
import io.smtpra.it.app.MailerServlet;
import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import io.smtpra.testkit.Inbox;
import io.smtpra.testkit.InboxStep;
import java.io.File;
import java.io.IOException;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A mailer that is injected, as docs/sending.md has it. */
@ExtendWith(ArquillianExtension.class)
class MailerIT {

    private static final String SETTINGS = "create.tables=true\npoll.interval=200ms\nreturn.path=bounce@example.com\n";
    private static final String SERVICE = "META-INF/services/jakarta.enterprise.inject.spi.Extension";

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    private Inbox inbox;

    @BeforeAll
    static void deployAdapter() throws Exception {
        WILDFLY.deploy(Archives.rar());
    }

    @BeforeEach
    void listen() throws Exception {
        inbox = Inbox.builder().port(Ports.RELAY).open();
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Test
    void sendsAtOnceWithoutATransaction() throws Exception {
        WILDFLY.deploy(application("services"));
        assertThat(ask("send")).isEqualTo("SENT");
        checkMail(inbox.awaitMail(), "author@example.com");
    }

    @Test
    void sendsWithTheTransactionAndNotIfItRollsBack() throws Exception {
        WILDFLY.deploy(application("services"));
        assertThat(ask("send&end=rollback")).isEqualTo("ROLLED_BACK");
        assertThat(ask("async&end=rollback")).startsWith("ROLLED_BACK on EE-ManagedExecutorService-default-Thread-");
        assertThat(inbox.mails()).isEmpty();
        assertThat(ask("send&end=commit")).isEqualTo("SENT");
        assertThat(ask("async&end=commit")).startsWith("SENT on EE-ManagedExecutorService-default-Thread-");
        assertThat(inbox.mails()).hasSize(2);
    }

    @Test
    void sendsOnAThreadOfTheServers() throws Exception {
        WILDFLY.deploy(application("services"));
        assertThat(ask("async")).startsWith("SENT on EE-ManagedExecutorService-default-Thread-");
        checkMail(inbox.awaitMail(), "author@example.com");
        inbox.at(InboxStep.RECIPIENT).refuse(550, "5.1.1", "unknown");
        assertThat(ask("async")).startsWith("io.smtpra.SmtpException").contains("550 5.1.1 unknown");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        WILDFLY.deploy(application("services"));
        assertThat(ask("lost")).contains("There is no SMTP connection factory java:/smtp/nobody");
        assertThat(ask("queue")).contains("The application has no mail queue");
    }

    @Test
    void queuesInTheTransaction() throws Exception {
        WILDFLY.dropQueue();
        WILDFLY.deploy(application("services")
                .addAsLibrary(new File(System.getProperty("it.queue")))
                .addAsResource(new StringAsset(SETTINGS), "META-INF/smtp-ra-queue.properties"));
        ask("queue&end=rollback");
        assertThat(ask("queue&end=commit")).matches("\\d+");
        InboundMail mail = inbox.awaitMail();
        checkMail(mail, "bounce+");
        assertThat(inbox.mails()).hasSize(1);
    }

    /** Without a word in the manifest, an application may name the extension itself. */
    @Test
    void anApplicationMayNameTheExtensionItself() throws Exception {
        WILDFLY.deploy(application("").addAsResource(
                new StringAsset("io.smtpra.mailer.MailerExtension\n"), SERVICE));
        assertThat(ask("send")).isEqualTo("SENT");
    }

    @Test
    void anApplicationInTheAdaptersEarSaysTheSame() throws Exception {
        WILDFLY.undeploy(Archives.RAR);
        try {
            WILDFLY.deploy(ShrinkWrap.create(EnterpriseArchive.class, "both.ear").addAsModule(Archives.rar())
                    .addAsModule(application("deployment.both.ear.smtp-ra.rar", "services")));
            assertThat(ask("send")).isEqualTo("SENT");
            WILDFLY.undeploy("both.ear");
        } finally {
            WILDFLY.deploy(Archives.rar());
        }
    }

    private static WebArchive application(String flag) {
        return application("deployment.smtp-ra.rar", flag);
    }

    private static WebArchive application(String module, String flag) {
        return ShrinkWrap.create(WebArchive.class, "mailer.war").addClass(MailerServlet.class)
                .addAsWebInfResource(new StringAsset(""), "beans.xml")
                .addAsManifestResource(new StringAsset("Dependencies: " + module + " " + flag + "\n"), "MANIFEST.MF");
    }

    private static String ask(String how) {
        return WILDFLY.request("/mailer/mail?how=" + how, "").strip();
    }

    private static void checkMail(InboundMail mail, String sender) throws IOException {
        assertThat(mail.peer().tls()).isPresent();
        assertThat(mail.envelope().reversePath().orElseThrow().toString()).startsWith(sender);
        assertThat(mail.envelope().recipients()).extracting(recipient -> recipient.mailbox().toString())
                .containsExactlyInAnyOrder("reader@example.org", "secret@example.net");
        MailView view = mail.view();
        assertThat(view.subject()).isEqualTo("Grüße");
        assertThat(view.text()).contains("Grüße\n");
        assertThat(view.inline("logo")).isPresent();
        assertThat(view.attachments()).extracting(MailPart::fileName).containsExactly("größe.txt");
        assertThat(view.headers()).noneMatch(field -> field.line().contains("secret"));
    }
}
