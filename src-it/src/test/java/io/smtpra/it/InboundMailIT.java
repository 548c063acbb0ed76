package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smtpra.it.Mails.StartTls;
import io.smtpra.it.app.InboxBean;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Map;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mail into the application as it is delivered. */
@ExtendWith(ArquillianExtension.class)
class InboundMailIT {

    private static final String SENDER = "author@example.org";
    private static final String INBOX = "inbox@example.com";

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @Deployment(testable = false)
    static EnterpriseArchive application() {
        return Archives.ear();
    }

    @Test
    void mailOverStartTlsReachesTheDatabase() throws Exception {
        String reply = Mails.send(Mails.message(SENDER, INBOX, "Over TLS", "Grüße\n"), StartTls.REQUIRED);

        assertThat(reply).startsWith("250 2.0.0 ");
        Map<String, String> row = WILDFLY.query("select * from SMTPRA_MAIL where SUBJECT = 'Over TLS'").get(0);
        assertThat(row)
                .containsEntry("REVERSE_PATH", SENDER)
                .containsEntry("TEXT", "Grüße\n")
                .containsEntry("PEER_ADDRESS", Ports.LOOPBACK)
                .containsEntry("HELO_NAME", "client.example.org")
                .containsEntry("LISTENER", "SMTP")
                .containsEntry("TLS_PROTOCOL", "TLSv1.3");
        assertThat(row.get("TLS_CIPHER")).startsWith("TLS_");
        assertThat(row.get("HEADERS")).startsWith("Received: ").contains("with ESMTPS", row.get("ID"));
        assertThat(reply).contains(row.get("ID"));
        assertThat(WILDFLY.query("select RECIPIENT from SMTPRA_MAIL_RECIPIENT where MAIL_ID = '" + row.get("ID") + "'"))
                .containsExactly(Map.of("RECIPIENT", INBOX));
        assertThat(WILDFLY.log().await(row.get("ID"))).contains("INFO", "TLSv1.3");
    }

    @Test
    void plainClientIsServed() throws Exception {
        assertThat(Mails.send(Mails.message(SENDER, INBOX, "In plain", "text"), StartTls.NEVER)).startsWith("250 ");

        Map<String, String> row = WILDFLY.query("select * from SMTPRA_MAIL where SUBJECT = 'In plain'").get(0);
        assertThat(row).containsEntry("TLS_PROTOCOL", "").containsEntry("TLS_CIPHER", "");
    }

    @Test
    void mailThatIsSentAgainIsKeptOnce() throws Exception {
        MimeMessage message = Mails.message(SENDER, INBOX, "Twice", "text");

        assertThat(Mails.send(message, StartTls.REQUIRED)).startsWith("250 ");
        assertThat(Mails.send(message, StartTls.REQUIRED)).startsWith("250 ");

        assertThat(WILDFLY.query("select ID from SMTPRA_MAIL where SUBJECT = 'Twice'")).hasSize(1);
    }

    @Test
    void recipientThatNoBeanTakesIsRefused() throws Exception {
        MimeMessage message = Mails.message(SENDER, "somebody@nowhere.test", "Relay", "text");

        assertThatExceptionOfType(SendFailedException.class)
                .isThrownBy(() -> Mails.send(message, StartTls.REQUIRED))
                .havingCause().isInstanceOf(SMTPAddressFailedException.class).withMessageContaining("550 5.7.1");
    }

    @Test
    void beanThatThrowsLeavesNoRowAndAsksForAnotherTry() throws Exception {
        WILDFLY.table("INBOX (ID varchar(64), SUBJECT varchar(998))");
        WILDFLY.deploy(Archives.beans("inbox.jar", Archives.RAR_IN_EAR,
                Map.of("recipients", "*@example.net"), InboxBean.class));

        assertThatExceptionOfType(SMTPSendFailedException.class)
                .isThrownBy(() -> Mails.send(
                        Mails.message(SENDER, "a@example.net", InboxBean.FAIL, "text"), StartTls.REQUIRED))
                .withMessageContaining("451 4.3.0");
        assertThat(subjects()).isEmpty();

        Mails.send(Mails.message(SENDER, "a@example.net", "works", "text"), StartTls.REQUIRED);
        assertThat(subjects()).containsExactly("works");
    }

    private static List<String> subjects() {
        return WILDFLY.query("select SUBJECT from INBOX").stream().map(row -> row.get("SUBJECT")).toList();
    }
}
