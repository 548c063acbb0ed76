package io.smtpra.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An inbox with clients that are not ours: a socket, and Angus Mail. */
class InboxTest {

    private static final String ENVELOPE = """
            S: 220 localhost ESMTP
            C: EHLO client.example.com
            S: 250 %s
            C: MAIL FROM:<a@example.com>
            S: 250 2.1.0 Sender ok
            """;

    @ParameterizedTest
    @CsvSource({"OFF, false, false", "OFFERED, false, false", "OFFERED, true, true", "REQUIRED, true, true",
            "IMPLICIT, true, true"})
    void takesMailAsItSays(InboxTls tls, boolean startTls, boolean inTls) throws Exception {
        try (Inbox inbox = Inbox.builder().tls(tls).open()) {
            send(inbox, session(inbox, tls, startTls));
            InboundMail mail = inbox.awaitMail();
            assertThat(mail.view().subject()).isEqualTo("Grüße");
            assertThat(mail.message().getSubject()).isEqualTo("Grüße");
            assertThat(mail.envelope().recipients()).hasSize(1);
            assertThat(mail.peer().tls().isPresent()).isEqualTo(inTls);
            assertThat(inbox.transcript()).contains("C: DATA", "S: 354 End data with <CR><LF>.<CR><LF>");
        }
    }

    @Test
    void takesNothingInPlainTextWhereTlsIsRequired() throws Exception {
        try (Inbox inbox = Inbox.builder().tls(InboxTls.REQUIRED).open()) {
            assertThatExceptionOfType(MessagingException.class)
                    .isThrownBy(() -> send(inbox, session(inbox, InboxTls.REQUIRED, false)))
                    .withMessageContaining("530 5.7.0");
        }
    }

    @Test
    void nobodyElseIsTrusted() throws Exception {
        try (Inbox inbox = Inbox.open(); Inbox other = Inbox.open()) {
            Properties properties = session(other, InboxTls.OFFERED, true).getProperties();
            assertThatExceptionOfType(MessagingException.class)
                    .isThrownBy(() -> send(inbox, Session.getInstance(properties)))
                    .withMessageContaining("TLS");
            assertThat(Files.readString(inbox.certificateFile())).startsWith("-----BEGIN CERTIFICATE-----\n");
        }
    }

    @Test
    void letsInWhoAuthenticatesAndNobodyElse() throws Exception {
        try (Inbox inbox = Inbox.builder().user("alice", "secret").open()) {
            Session session = session(inbox, InboxTls.OFFERED, true);
            session.getProperties().setProperty("mail.smtp.auth", "true");
            assertThatThrownBy(() -> send(inbox, session, "alice", "wrong")).hasMessageContaining("535 5.7.8");
            assertThatThrownBy(() -> send(inbox, session(inbox, InboxTls.OFFERED, true)))
                    .hasMessageContaining("530 5.7.0");
            send(inbox, session, "alice", "secret");
            assertThat(inbox.awaitMail().peer().authenticatedUser()).contains("alice");
            assertThat(inbox.transcript()).contains("C: AUTH …").noneMatch(line -> line.contains("c2VjcmV0"));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Inbox.builder().tls(InboxTls.OFF).user("alice", "secret").open());
    }

    @Test
    void aMailOutlivesItsInboxAndIsWhatABeanGets() throws Exception {
        InboundMail mail;
        try (Inbox inbox = Inbox.open()) {
            send(inbox, session(inbox, InboxTls.OFFERED, false));
            mail = inbox.awaitMail();
        }
        List<String> heard = new ArrayList<>();
        MailListener bean = given -> heard.add(given.view().text().orElseThrow());
        bean.onMail(mail);
        assertThat(heard).containsExactly("Käse\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "MAIL | MAIL FROM:<b@example.com>", "RESET | RSET", "QUIT | QUIT", "STARTTLS | STARTTLS",
            "HELLO | EHLO x.example.com"})
    void anyStepIsRefused(InboxStep step, String line) throws Exception {
        try (Inbox inbox = Inbox.open(); Talk talk = new Talk(inbox)) {
            talk.run("S: 220 localhost ESMTP\nC: EHLO a.example.com\nS: 250 STARTTLS");
            inbox.at(step).once().refuse(451, "4.3.0", "Not now");
            talk.run("C: " + line + "\nS: 451 4.3.0 Not now\nC: NOOP\nS: 250 2.0.0 Ok");
        }
    }

    @Test
    void aRecipientIsRefusedAndTheOthersAreNot() throws Exception {
        try (Inbox inbox = Inbox.builder().tls(InboxTls.OFF).open(); Talk talk = new Talk(inbox)) {
            inbox.at(InboxStep.RECIPIENT).forRecipient("bob@example.org").refuse(550, "5.1.1", "No such user");
            talk.run(ENVELOPE.formatted("ENHANCEDSTATUSCODES") + """
                    C: RCPT TO:<bob@EXAMPLE.org>
                    S: 550 5.1.1 No such user
                    C: RCPT TO:<eve@example.org>
                    S: 250 2.1.5 Recipient ok
                    C: DATA
                    S: 354 End data with <CR><LF>.<CR><LF>
                    C: Subject: s
                    C:
                    C: .
                    """);
            assertThat(inbox.awaitMail().envelope().recipients())
                    .extracting(recipient -> recipient.mailbox().toString()).containsExactly("eve@example.org");
            assertThat(inbox.transcript()).contains("C: RCPT TO:<bob@EXAMPLE.org>", "S: 550 5.1.1 No such user");
        }
    }

    @Test
    void aMailIsRefusedAfterItsContentAndTakenTheSecondTime() throws Exception {
        try (Inbox inbox = Inbox.open()) {
            inbox.at(InboxStep.END_OF_DATA).once().refuse(451, "4.3.0", "Try again later");
            Session session = session(inbox, InboxTls.OFFERED, false);
            assertThatThrownBy(() -> send(inbox, session)).hasMessageContaining("451 4.3.0 Try again later");
            assertThat(inbox.mails()).isEmpty();
            send(inbox, session);
            assertThat(inbox.mails()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"CONNECT", "HELLO", "MAIL", "RECIPIENT", "DATA", "END_OF_DATA"})
    void hangsUp(InboxStep step) throws Exception {
        try (Inbox inbox = Inbox.open()) {
            inbox.at(step).hangUp();
            Session session = session(inbox, InboxTls.OFFERED, false);
            assertThatExceptionOfType(MessagingException.class).isThrownBy(() -> send(inbox, session))
                    .satisfies(e -> assertThat(e.toString() + e.getNextException()).doesNotContain("421"));
            assertThat(inbox.mails()).isEmpty();
            assertThat(inbox.transcript()).endsWith("S: (hangs up)");
        }
    }

    @ParameterizedTest
    @CsvSource({"CONNECT", "HELLO", "RECIPIENT", "DATA", "END_OF_DATA"})
    void answersLate(InboxStep step) throws Exception {
        try (Inbox inbox = Inbox.open()) {
            inbox.at(step).once().late(Duration.ofSeconds(30));
            Session session = session(inbox, InboxTls.OFFERED, false);
            session.getProperties().setProperty("mail.smtp.timeout", "300");
            assertThatThrownBy(() -> send(inbox, session)).isInstanceOf(MessagingException.class);
            inbox.at(step).once().late(Duration.ofMillis(50));
            session.getProperties().setProperty("mail.smtp.timeout", "20000");
            send(inbox, session);
            assertThat(inbox.awaitMails(1)).hasSize(1);
        }
    }

    @Test
    void greetsOtherwise() throws Exception {
        try (Inbox inbox = Inbox.open()) {
            inbox.at(InboxStep.CONNECT).once().refuse(421, "4.3.2", "Too busy");
            try (Talk talk = new Talk(inbox)) {
                talk.run("S: 421 4.3.2 Too busy\nS: -");
            }
            try (Talk talk = new Talk(inbox)) {
                talk.run("S: 220 localhost ESMTP");
            }
        }
    }

    @Test
    void saysWhatWasSaidWhenNoMailComes() throws Exception {
        try (Inbox inbox = Inbox.open(); Talk talk = new Talk(inbox)) {
            talk.run("S: 220 localhost ESMTP\nC: NOOP\nS: 250 2.0.0 Ok");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> inbox.awaitMails(1, Duration.ofMillis(20)))
                    .withMessageContaining("0 mails of 1").withMessageContaining("C: NOOP\nS: 250 2.0.0 Ok");
        }
    }

    @Test
    void nothingIsLeftWhenItIsClosed() throws Exception {
        Inbox inbox = Inbox.open();
        inbox.close();
        inbox.close();
        assertThat(inbox.certificateFile().getParent()).doesNotExist();
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new Socket(inbox.host(), inbox.port()).close());
    }

    @Test
    void anAnswerThatMakesNoSenseIsRefused() throws Exception {
        try (Inbox inbox = Inbox.open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> inbox.at(InboxStep.DATA).refuse(250, "2.0.0", "Ok"))
                    .withMessageContaining("4xx or 5xx");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> inbox.at(InboxStep.DATA).times(0).hangUp());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> inbox.at(InboxStep.DATA).forRecipient("a@example.com").hangUp());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> inbox.at(InboxStep.DATA).late(Duration.ofHours(1)));
        }
    }

    private static Session session(Inbox inbox, InboxTls tls, boolean startTls) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.localhost", "client.example.com");
        properties.setProperty("mail.smtp.timeout", "20000");
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(startTls));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(startTls && tls != InboxTls.IMPLICIT));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(tls == InboxTls.IMPLICIT));
        properties.put("mail.smtp.ssl.socketFactory", inbox.trustingContext().getSocketFactory());
        return Session.getInstance(properties);
    }

    private static void send(Inbox inbox, Session session, String... login) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom("a@example.com");
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("b@example.org"));
        message.setSubject("Grüße", "UTF-8");
        message.setText("Käse\r\n", "UTF-8");
        message.saveChanges();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(inbox.host(), inbox.port(), login.length == 0 ? null : login[0],
                    login.length == 0 ? null : login[1]);
            transport.sendMessage(message, message.getAllRecipients());
        }
    }
}
