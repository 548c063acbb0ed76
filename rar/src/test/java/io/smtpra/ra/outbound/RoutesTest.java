package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.Envelope;
import io.smtpra.RecipientOutcome;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.ClientConfig;
import io.smtpra.ra.outbound.relay.Routes;
import io.smtpra.ra.outbound.settings.OutboundConfigReader;
import io.smtpra.ra.tls.client.OutboundTls;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One factory, several next hops. */
class RoutesTest {

    private Outbound outbound;
    private SmtpPeer other;

    @BeforeEach
    void open() throws Exception {
        outbound = Outbound.joining(5);
        other = new SmtpPeer();
    }

    @AfterEach
    void close() throws Exception {
        other.close();
        outbound.close();
    }

    @Test
    void theRoutesAreReadWithTheirPortsAndTlsPolicies() throws Exception {
        outbound.managedFactory.setPort("26");
        outbound.managedFactory.setTls("negotiated");
        outbound.managedFactory.setRoutes(
                "example.org=relay1:25 relay1b required, *.Example.NET=[2001:db8::1]:587 implicit, *=relay2");
        Routes routes = new OutboundConfigReader(outbound.managedFactory, Optional.empty()).read().relay().routes();

        assertThat(routes.others().name()).isEqualTo("relay2:26");
        assertThat(routes.hops()).extracting(Object::toString)
                .containsExactlyInAnyOrder("relay2:26", "relay1:25 relay1b:26", "2001:db8::1:587");
        assertThat(routes.hops()).flatExtracting(hop -> hop.hosts()).extracting(ClientConfig::tls)
                .containsOnly(OutboundTls.NEGOTIATED, OutboundTls.REQUIRED, OutboundTls.IMPLICIT);
    }

    @Test
    void eachRecipientsMailGoesByTheRouteOfItsDomain() throws Exception {
        route("other.example=127.0.0.1:%d, *.other.example=127.0.0.1:%d");
        try (SmtpConnection connection = outbound.connection()) {
            SendReceipt receipt = connection.send(
                    Outbound.envelope("a@sub.other.example", "b@example.org", "c@OTHER.example"),
                    Outbound.content("x"));
            assertThat(receipt.state()).isEqualTo(SendReceipt.State.SENT);
            assertThat(receipt.recipients()).extracting(outcome -> outcome.recipient().localPart())
                    .containsExactly("a", "b", "c");
        }
        assertThat(other.mails()).singleElement()
                .satisfies(mail -> assertThat(mail.to()).hasSize(2));
        assertThat(outbound.peer.mails()).singleElement()
                .satisfies(mail -> assertThat(mail.to()).containsExactly("b@example.org"));
    }

    @Test
    void aDomainHasOneRouteHoweverItIsWritten() throws Exception {
        route("FAẞ.de.=127.0.0.1:%d, *.bücher.example=127.0.0.1:%d");
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(Outbound.envelope("a@faß.de", "b@xn--fa-hia.de", "c@www.xn--bcher-kva.example",
                    "d@fass.de"),
                    Outbound.content("x"));
        }
        assertThat(other.mails()).singleElement().satisfies(mail -> assertThat(mail.to())
                .containsExactly("a@xn--fa-hia.de", "b@xn--fa-hia.de", "c@www.xn--bcher-kva.example"));
        assertThat(outbound.peer.mails()).singleElement()
                .satisfies(mail -> assertThat(mail.to()).containsExactly("d@fass.de"));
    }

    @Test
    void nobodyGetsItIfOneNextHopRefusesItsPart() throws Exception {
        route("other.example=127.0.0.1:%d");
        other.answer("RCPT", "550 5.1.1 no such user");
        try (SmtpConnection connection = outbound.connection()) {
            assertThatThrownBy(() -> connection.send(
                    Outbound.envelope("a@example.org", "b@other.example"), Outbound.content("x")))
                    .isInstanceOf(SmtpException.class);
            assertThat(outbound.peer.mails()).isEmpty();

            SendReceipt partly = connection.send(Envelope.from("from@example.com")
                    .to("a@example.org", "b@other.example").partial(true).build(), Outbound.content("x"));
            assertThat(partly.recipients()).extracting(RecipientOutcome::isAccepted).containsExactly(true, false);
        }
        assertThat(outbound.peer.mails()).hasSize(1);
    }

    @Test
    void aHostThatFailsRestsAndTheNextOneServes() throws Exception {
        int dead;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = closed.getLocalPort();
        }
        outbound.managedFactory.setHosts("127.0.0.1:" + dead + ", 127.0.0.1:" + outbound.peer.port());
        outbound.managedFactory.setMaxMailsPerConnection("1");
        SmtpConnectionFactory factory = outbound.factory();
        for (int i = 0; i < 2; i++) {
            try (SmtpConnection connection = factory.getConnection()) {
                connection.send(Outbound.message("mail " + i));
            }
        }
        assertThat(outbound.peer.mails()).hasSize(2);
    }

    @Test
    void whatAHostSaysOfTheMailIsNotAskedOfAnother() throws Exception {
        outbound.managedFactory.setHosts("127.0.0.1:" + outbound.peer.port() + ", 127.0.0.1:" + other.port());
        outbound.peer.answer("RCPT", "451 4.7.1 greylisted");
        try (SmtpConnection connection = outbound.connection()) {
            SmtpException thrown =
                    catchThrowableOfType(SmtpException.class, () -> connection.send(Outbound.message("x")));
            assertThat(thrown.reply().orElseThrow().code()).isEqualTo(451);
        }
        assertThat(other.connections()).isZero();
    }

    @Test
    void aTestSystemSendsAllToOneMailbox() throws Exception {
        outbound.managedFactory.setRedirectAllTo("test@example.com");
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(Outbound.envelope("a@example.org", "b@example.net"), Outbound.content("x"));
        }
        assertThat(outbound.peer.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).containsExactly("test@example.com");
            assertThat(mail.content()).startsWith("X-Envelope-To: a@example.org,\r\n b@example.net\r\nSubject: x\r\n");
        });
    }

    @Test
    void aMessageWithoutAnEnvelopeHasTheConfiguredReversePath() throws Exception {
        outbound.managedFactory.setReversePath("bounces@example.com");
        MimeMessage message = Outbound.message("x");
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(message);
            connection.send(Outbound.envelope("to@example.org"), message);
        }
        outbound.managedFactory.setReversePath("<>");
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(message);
        }
        assertThat(outbound.peer.mails()).extracting(SmtpPeer.Received::from)
                .isEqualTo(List.of("bounces@example.com", "sender@example.com", ""));
    }

    private void route(String routes) {
        outbound.managedFactory.setRoutes(routes.replace("%d", Integer.toString(other.port())));
    }
}
