package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.SmtpException;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.outbound.session.FactorySession;
import io.smtpra.ra.outbound.session.SessionObjectFactory;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportAdapter;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.transaction.RollbackException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Session over a factory, where Angus' could be no example: in transactions, and in what it is made of. */
class MailSessionTest {

    private Outbound outbound;
    private TestTransactions transactions;
    private Session session;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        outbound = Outbound.joining(5);
        outbound.managedFactory.setPlainTextAuthentication("true");
        transactions = outbound.pool.transactions();
        session = FactorySession.of(outbound.factory());
    }

    @AfterEach
    void close() throws Exception {
        assertThat(outbound.held()).as("held octets and files").isZero();
        outbound.close();
    }

    @Test
    void aMailGoesWithTheCommit() throws Exception {
        transactions.begin();
        Transport.send(message("a@example.org"));
        assertThat(outbound.peer.mails()).isEmpty();
        transactions.commit();
        assertThat(outbound.peer.mails()).hasSize(1);
    }

    @Test
    void aMailDoesNotGoWithARollback() throws Exception {
        transactions.begin();
        Transport.send(message("a@example.org"));
        transactions.rollback();
        assertThat(outbound.peer.mails()).isEmpty();
    }

    @Test
    void listenersHearAfterTheCommitThoughTheTransportIsClosed() throws Exception {
        transactions.begin();
        sendListening("a@example.org");
        assertThat(heard).isEmpty();
        transactions.commit();
        Eventually.isTrue(() -> heard.equals(List.of("delivered [a@example.org] [] []")));
    }

    @Test
    void listenersHearOfARollback() throws Exception {
        transactions.begin();
        sendListening("a@example.org");
        transactions.rollback();
        Eventually.isTrue(() -> heard.equals(List.of("not delivered [] [a@example.org] []")));
    }

    @Test
    void listenersHearOfARefusalAtCommit() throws Exception {
        outbound.peer.answer("RCPT TO:<a@", "550 5.1.1 unknown");
        transactions.begin();
        sendListening("a@example.org", "b@example.org");
        assertThatThrownBy(transactions::commit).isInstanceOf(RollbackException.class);
        Eventually.isTrue(() -> heard.equals(List.of("not delivered [] [b@example.org] [a@example.org]")));
    }

    @Test
    void listenersHearAtCommitWhoHasTheMailAndWhoHasNot() throws Exception {
        session.getProperties().setProperty("mail.smtp.sendpartial", "true");
        outbound.peer.answer("RCPT TO:<a@", "550 5.1.1 unknown");
        transactions.begin();
        sendListening("a@example.org", "b@example.org");
        transactions.commit();
        Eventually.isTrue(() -> heard.equals(List.of("partially [b@example.org] [] [a@example.org]")));
        assertThat(outbound.peer.mails()).hasSize(1);
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheOthers() throws Exception {
        try (Transport transport = session.getTransport()) {
            transport.addTransportListener(new TransportAdapter() {
                @Override
                public void messageDelivered(TransportEvent event) {
                    throw new IllegalStateException("a fault of the application's");
                }
            });
            transport.addTransportListener(new Hearing());
            transport.connect();
            transport.sendMessage(message("a@example.org"), InternetAddress.parse("a@example.org"));
        }
        Eventually.isTrue(() -> heard.size() == 1);
    }

    @Test
    void aMalformedAddressIsRefusedAtOnceAndTheTransactionGoesOn() throws Exception {
        transactions.begin();
        MimeMessage message = message("a@example.org");
        SendFailedException thrown = catchThrowableOfType(SendFailedException.class,
                () -> Transport.send(message, new Address[] {malformed(), new InternetAddress("a@example.org")}));

        assertThat(thrown.getInvalidAddresses()).containsExactly(malformed());
        assertThat(thrown.getValidUnsentAddresses()).containsExactly(new InternetAddress("a@example.org"));
        assertThat(thrown.getValidSentAddresses()).isEmpty();
        assertThat(thrown.getNextException()).isInstanceOf(SmtpException.class)
                .hasMessageContaining("'a@b@example.org'");
        Transport.send(message);
        transactions.commit();
        assertThat(outbound.peer.mails()).hasSize(1);
    }

    @Test
    void aMalformedAddressAmongOthersIsToldAndTheOthersAreHeldWithSendPartial() throws Exception {
        session.getProperties().setProperty("mail.smtp.sendpartial", "true");
        transactions.begin();
        SendFailedException thrown = catchThrowableOfType(SendFailedException.class, () -> Transport.send(
                message("a@example.org"), new Address[] {malformed(), new InternetAddress("a@example.org")}));

        assertThat(thrown.getInvalidAddresses()).containsExactly(malformed());
        assertThat(thrown.getValidSentAddresses()).containsExactly(new InternetAddress("a@example.org"));
        transactions.commit();
        assertThat(outbound.peer.mails()).singleElement()
                .satisfies(mail -> assertThat(mail.to()).containsExactly("a@example.org"));
    }

    @Test
    void theNextExceptionTellsWhatTheNextHopSaid() throws Exception {
        outbound.peer.answer("content:hello", "554 5.7.1 spam");
        SendFailedException thrown =
                catchThrowableOfType(SendFailedException.class, () -> Transport.send(message("a@example.org")));
        assertThat(thrown.getNextException()).isInstanceOfSatisfying(SmtpException.class,
                e -> assertThat(e.reply().orElseThrow().code()).isEqualTo(554));
        assertThat(thrown).hasMessageContaining("554 5.7.1 spam");
    }

    @Test
    void aUserWhomTheNextHopRefusesIsToldAsSuch() throws Exception {
        outbound.peer.ehlo("250-peer.example.com\r\n250 AUTH PLAIN").answer("AUTH", "535 5.7.8 no");
        assertThatThrownBy(() -> Transport.send(message("a@example.org"), "user", "secret"))
                .isInstanceOf(AuthenticationFailedException.class)
                .satisfies(e -> assertThat(((MessagingException) e).getNextException())
                        .isInstanceOf(SmtpException.class))
                .hasMessageNotContaining("secret");
    }

    @Test
    void aNextHopThatIsNotThereIsNoRefusal() throws Exception {
        outbound.peer.close();
        assertThatThrownBy(() -> Transport.send(message("a@example.org")))
                .isInstanceOf(MessagingException.class).isNotInstanceOf(SendFailedException.class)
                .satisfies(e -> assertThat(((MessagingException) e).getNextException())
                        .isInstanceOfSatisfying(SmtpException.class, why -> assertThat(why.isRetryable()).isTrue()));
    }

    @Test
    void recipientsOfAnEarlierTransactionHaveTheMailWhenALaterOneFails() throws Exception {
        outbound.peer.ehlo("250-peer.example.com\r\n250 LIMITS RCPTMAX=1").answer("RCPT TO:<b@", "550 5.1.1 unknown");
        SendFailedException thrown = catchThrowableOfType(SendFailedException.class,
                () -> Transport.send(message("a@example.org,b@example.org,c@example.org")));

        assertThat(thrown.getValidSentAddresses()).containsExactly(new InternetAddress("a@example.org"));
        assertThat(thrown.getInvalidAddresses()).containsExactly(new InternetAddress("b@example.org"));
        assertThat(thrown.getValidUnsentAddresses()).containsExactly(new InternetAddress("c@example.org"));
    }

    @Test
    void redirectedMailIsDelivered() throws Exception {
        outbound.managedFactory.setRedirectAllTo("test@example.net");
        session = FactorySession.of(outbound.factory());
        sendListening("a@example.org", "b@example.org");
        Eventually.isTrue(() -> heard.equals(List.of("delivered [a@example.org, b@example.org] [] []")));
        assertThat(outbound.peer.mails()).singleElement()
                .satisfies(mail -> assertThat(mail.to()).containsExactly("test@example.net"));
    }

    /** The transport gives its connection back before the commit. */
    @Test
    void aServerThatEnlistsConnectionsOfItsPoolSendsAtCommitToo() throws Exception {
        try (Outbound enlisting = new Outbound()) {
            session = FactorySession.of(enlisting.factory());
            enlisting.pool.begin(1);
            Transport.send(message("a@example.org"));
            assertThat(enlisting.peer.mails()).isEmpty();
            enlisting.pool.commitOnePhase();
            assertThat(enlisting.peer.mails()).hasSize(1);
        }
    }

    @Test
    void theFactorysReversePathIsUsedWhereTheApplicationNamesNone() throws Exception {
        outbound.managedFactory.setReversePath("bounces@example.com");
        session = FactorySession.of(outbound.factory());
        Transport.send(message("a@example.org"));
        session.getProperties().setProperty("mail.smtp.from", "own@example.com");
        Transport.send(message("a@example.org"));
        assertThat(outbound.peer.mails()).extracting(SmtpPeer.Received::from)
                .containsExactly("bounces@example.com", "own@example.com");
    }

    @Test
    void aTransportForSmtpsReadsPropertiesOfItsName() throws Exception {
        session.getProperties().setProperty("mail.smtps.from", "s@example.com");
        for (String protocol : List.of("smtps", "smtp", "smtpra")) {
            try (Transport transport = session.getTransport(protocol)) {
                transport.connect();
                transport.sendMessage(message("a@example.org"), InternetAddress.parse("a@example.org"));
            }
        }
        assertThat(outbound.peer.mails()).extracting(SmtpPeer.Received::from)
                .containsExactly("s@example.com", "author@example.com", "author@example.com");
    }

    /** It would else go past the factory. */
    @Test
    void aSessionOfItsPropertiesFindsNoTransport() throws Exception {
        Session copy = Session.getInstance(session.getProperties());
        MimeMessage message = new MimeMessage(copy, message("a@example.org").getInputStream());
        assertThatThrownBy(() -> Transport.send(message, InternetAddress.parse("a@example.org")))
                .isInstanceOf(NoSuchProviderException.class).hasMessage("No provider for smtpra");
    }

    @Test
    void aFactoryThatIsNotThereIsNamed() throws Exception {
        session.getProperties().put("mail.smtpra.connectionFactory", "java:/smtp/none");
        assertThatThrownBy(() -> session.getTransport().connect()).isInstanceOf(MessagingException.class)
                .hasMessageContaining("java:/smtp/none");
        session.getProperties().put("mail.smtpra.connectionFactory", 4711);
        assertThatThrownBy(() -> session.getTransport().connect()).isInstanceOf(MessagingException.class)
                .hasMessageContaining("'4711'").hasMessageContaining("java.lang.Integer");
    }

    @Test
    void anObjectFactoryMakesASessionOfItsEnvironmentForEachLookUp() throws Exception {
        Hashtable<String, Object> environment = new Hashtable<>();
        environment.put("connectionFactory", "java:/smtp/other");
        environment.put("mail.smtp.from", "bounces@example.com");
        environment.put("java.naming.factory.initial", "something");
        SessionObjectFactory factory = new SessionObjectFactory();
        Session made = (Session) factory.getObjectInstance(null, null, null, environment);

        assertThat(made.getProperties()).containsEntry("mail.smtpra.connectionFactory", "java:/smtp/other")
                .containsEntry("mail.smtp.from", "bounces@example.com")
                .doesNotContainKey("java.naming.factory.initial");
        assertThat(factory.getObjectInstance(null, null, null, environment)).isNotSameAs(made);
        made = (Session) factory.getObjectInstance(null, null, null, null);
        assertThat(made.getProperties()).containsEntry("mail.smtpra.connectionFactory", "java:/smtp/relay");
    }

    private void sendListening(String... recipients) throws MessagingException {
        try (Transport transport = session.getTransport()) {
            transport.addTransportListener(new Hearing());
            transport.connect();
            transport.sendMessage(message(recipients), InternetAddress.parse(String.join(",", recipients)));
        }
    }

    private MimeMessage message(String... recipients) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom("author@example.com");
        message.setRecipients(Message.RecipientType.TO, String.join(",", recipients));
        message.setSubject("hello");
        message.setText("hello");
        return message;
    }

    private static InternetAddress malformed() {
        InternetAddress malformed = new InternetAddress();
        malformed.setAddress("a@b@example.org");
        return malformed;
    }

    private final class Hearing extends TransportAdapter {

        @Override
        public void messageDelivered(TransportEvent event) {
            hear("delivered", event);
        }

        @Override
        public void messageNotDelivered(TransportEvent event) {
            hear("not delivered", event);
        }

        @Override
        public void messagePartiallyDelivered(TransportEvent event) {
            hear("partially", event);
        }

        private void hear(String what, TransportEvent event) {
            heard.add(what + " " + Arrays.toString(event.getValidSentAddresses()) + " "
                    + Arrays.toString(event.getValidUnsentAddresses()) + " "
                    + Arrays.toString(event.getInvalidAddresses()));
        }
    }
}
