package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.Mails.StartTls;
import io.smtpra.it.SmtpPeer.Received;
import io.smtpra.it.app.SenderServlet;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mail out of an application, through the connection factory that the archive brings. */
@ExtendWith(ArquillianExtension.class)
class OutboundMailIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @Deployment(testable = false)
    static EnterpriseArchive application() {
        return Archives.ear();
    }

    @BeforeEach
    void deploySender() throws Exception {
        WILDFLY.deploy(Archives.web("sender.war", Archives.RAR_IN_EAR, SenderServlet.class));
    }

    @Test
    void negotiatesTlsWithAPeerThatOffersIt() throws Exception {
        try (SmtpPeer peer = SmtpPeer.withStartTls(SelfSigned.context())) {
            assertThat(send("Secret", "none")).isEqualTo("SENT TLSv1.3");

            Received mail = peer.awaitMail();
            assertThat(mail.tlsProtocol()).contains("TLSv1.3");
            assertThat(mail.from()).isEqualTo("author@example.com");
            assertThat(mail.recipients()).containsExactly("reader@example.org");
            assertThat(mail.content()).contains("Subject: Secret\r\n", "\r\n\r\nHello\r\n");
        }
    }

    @Test
    void goesPlainToAPeerWithoutTls() throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            assertThat(send("Postcard", "none")).isEqualTo("SENT plain");

            assertThat(peer.awaitMail().tlsProtocol()).isEmpty();
        }
    }

    /** Jakarta Mail looks for its handlers of contents by the thread's class loader. */
    @Test
    void leavesFromAThreadWithoutALoader() throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            MimeMessage message = Mails.message("author@example.com", "reader@example.org", "Parts", "Hello\r\n");
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            message.writeTo(octets);
            assertThat(WILDFLY.request("/sender/send?loader=none", octets.toString(StandardCharsets.UTF_8)))
                    .isEqualTo("SENT plain");

            assertThat(peer.awaitMail().content()).contains("Content-Type: multipart/mixed", "\r\n\r\nHello\r\n",
                    "<order/>");
        }
    }

    @Test
    void isSentWhenTheTransactionCommits() throws Exception {
        try (SmtpPeer peer = SmtpPeer.withStartTls(SelfSigned.context())) {
            assertThat(send("Committed", "commit")).isEqualTo("SENT TLSv1.3");

            assertThat(peer.mails()).hasSize(1);
        }
    }

    @Test
    void isNotSentWhenTheTransactionIsRolledBack() throws Exception {
        try (SmtpPeer peer = SmtpPeer.withStartTls(SelfSigned.context())) {
            assertThat(send("Rolled back", "rollback")).startsWith("ROLLED_BACK");

            assertThat(peer.mails()).isEmpty();
            assertThat(peer.commands()).doesNotContain("DATA");
        }
    }

    @Test
    void beanAnswersTheMailThatItHasStored() throws Exception {
        WILDFLY.property("smtpra.autoreply.from", "echo@example.com");
        try (SmtpPeer peer = SmtpPeer.withStartTls(SelfSigned.context())) {
            Mails.send(Mails.message("author@example.org", "echo@example.com", "Round trip", "text"),
                    StartTls.REQUIRED);

            Received answer = peer.awaitMail();
            assertThat(answer.tlsProtocol()).isPresent();
            assertThat(answer.from()).isEmpty();
            assertThat(answer.recipients()).containsExactly("author@example.org");
            assertThat(answer.content()).contains("Auto-Submitted: auto-replied\r\n", "Subject: Auto: Round trip\r\n");
        }
    }

    @Test
    void theAnswerWaitsForANextHopThatIsAway() throws Exception {
        WILDFLY.property("smtpra.autoreply.from", "echo@example.com");

        String reply = Mails.send(
                Mails.message("late@example.org", "echo@example.com", "No next hop", "text"), StartTls.REQUIRED);

        assertThat(reply).startsWith("250 ");
        assertThat(WILDFLY.query("select ID from SMTPRA_MAIL where SUBJECT = 'No next hop'")).hasSize(1);
        Await.until("the answer to be put off", () -> WILDFLY.query(
                "select STATE from SMTPRA_QUEUE_RECIPIENT where MAILBOX = 'late@example.org' and ATTEMPTS = 1")
                .equals(List.of(Map.of("STATE", "WAITING"))));
        // lest it come to the next hop of another test
        WILDFLY.query("update SMTPRA_QUEUE_MAIL set NEXT_AT = null");
    }

    @Test
    void nobodyGetsMoreAnswersThanTheLimit() throws Exception {
        WILDFLY.property("smtpra.autoreply.from", "echo@example.com");
        WILDFLY.property("smtpra.autoreply.limit", "2");
        try (SmtpPeer peer = SmtpPeer.plain()) {
            for (int i = 0; i < 3; i++) {
                Mails.send(Mails.message("eager@example.org", "echo@example.com", "Mail " + i, "text"),
                        StartTls.REQUIRED);
            }
            Await.until("two answers", () -> peer.mails().size() == 2);
        }
        WILDFLY.log().await("gets no automatic reply: <eager@example.org> has got 2 in a day");
        assertThat(WILDFLY.query("select MAILBOX from SMTPRA_QUEUE_RECIPIENT where MAILBOX = 'eager@example.org'"))
                .hasSize(2);
    }

    private static String send(String subject, String transaction) throws Exception {
        MimeMessage message = Mails.message("author@example.com", "reader@example.org", subject, "Hello\r\n");
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        message.writeTo(octets);
        return WILDFLY.request("/sender/send?transaction=" + transaction, octets.toString(StandardCharsets.UTF_8));
    }
}
