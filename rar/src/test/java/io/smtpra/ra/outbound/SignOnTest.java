package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.ra.Eventually;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.SecurityException;
import jakarta.resource.spi.security.PasswordCredential;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import javax.security.auth.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignOnTest {

    private Outbound outbound;

    @BeforeEach
    void open() throws Exception {
        outbound = new Outbound();
        outbound.peer.ehlo("250-peer.example.com\r\n250 AUTH PLAIN");
        outbound.peer.answer("AUTH", "235 2.7.0 welcome");
        outbound.managedFactory.setAuthMechanisms("PLAIN");
        outbound.managedFactory.setPlainTextAuthentication("true");
    }

    @AfterEach
    void close() throws Exception {
        outbound.close();
    }

    @Test
    void withoutAUserNobodySignsOn() throws Exception {
        sendBy(outbound.connection());
        assertThat(outbound.peer.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }

    @Test
    void theConfiguredUserSignsOn() throws Exception {
        outbound.managedFactory.setUserName("configured");
        outbound.managedFactory.setPassword("secret");
        sendBy(outbound.connection());
        assertThat(outbound.peer.commands()).contains(plain("configured", "secret"));
    }

    @Test
    void theApplicationMayNameAnother() throws Exception {
        outbound.managedFactory.setUserName("configured");
        outbound.managedFactory.setPassword("secret");
        sendBy(outbound.factory().getConnection("application", "its password"));
        assertThat(outbound.peer.commands()).contains(plain("application", "its password"));
    }

    @Test
    void theServersUserComesFirst() throws Exception {
        SmtpConnectionFactory factory = outbound.factory();
        PasswordCredential credential = new PasswordCredential("container", "managed".toCharArray());
        credential.setManagedConnectionFactory(outbound.managedFactory);
        PasswordCredential ofAnother = new PasswordCredential("other", "x".toCharArray());
        ofAnother.setManagedConnectionFactory(new SmtpManagedConnectionFactory());
        outbound.pool.signOn(new Subject(false, Set.of(), Set.of(), Set.of(ofAnother, credential)));

        sendBy(factory.getConnection("application", "its password"));

        assertThat(outbound.peer.commands()).contains(plain("container", "managed"));
    }

    @Test
    void aPooledConnectionServesItsOwnUserAlone() throws Exception {
        SmtpConnectionFactory factory = outbound.factory();
        factory.getConnection("one", "1").close();
        factory.getConnection("one", "1").close();
        assertThat(outbound.pool.created()).isEqualTo(1);
        factory.getConnection("two", "2").close();
        assertThat(outbound.pool.created()).isEqualTo(2);
        factory.getConnection("two", "changed").close();
        assertThat(outbound.pool.created()).isEqualTo(3);
    }

    @Test
    void aConnectionIsNotSignedOnASecondTime() throws Exception {
        outbound.factory();
        ManagedConnection connection =
                outbound.managedFactory.createManagedConnection(null, SmtpRequestInfo.user("one", "1"));
        assertThatThrownBy(() -> connection.getConnection(null, SmtpRequestInfo.user("two", "2")))
                .isInstanceOf(SecurityException.class);
        assertThat(connection.getMetaData().getUserName()).isEqualTo("one");
        connection.destroy();
    }

    @Test
    void aRefusedUserIsToldWithTheReply() throws Exception {
        outbound.peer.answer("AUTH", "535 5.7.8 no");
        SmtpConnectionFactory factory = outbound.factory();
        SmtpException thrown = catchThrowableOfType(SmtpException.class, () ->
                sendBy(factory.getConnection("one", "1")));

        assertThat(thrown.phase()).isEqualTo(SmtpException.Phase.AUTHENTICATE);
        assertThat(thrown.reply().orElseThrow().code()).isEqualTo(535);
        assertThat(thrown.isRetryable()).isFalse();
    }

    @Test
    void aUserNameWithControlCharactersIsRefused() throws Exception {
        SmtpConnectionFactory factory = outbound.factory();
        assertThatThrownBy(() -> factory.getConnection("one\r\nDATA", "1"))
                .isInstanceOf(SmtpException.class)
                .hasMessageNotContaining("DATA")
                .satisfies(e -> assertThat(((SmtpException) e).isRetryable()).isFalse());
        assertThat(outbound.peer.connections()).isZero();
    }

    @Test
    void whatAnotherResourceAdapterAsksForIsRefused() throws Exception {
        outbound.factory();
        ConnectionRequestInfo foreign = new ConnectionRequestInfo() {};
        assertThatThrownBy(() -> outbound.managedFactory.createManagedConnection(null, foreign))
                .isInstanceOf(SecurityException.class);
    }

    @Test
    void aPoolThatIsExhaustedIsWorthTryingAgain() throws Exception {
        outbound.managedFactory.setResourceAdapter(null);
        SmtpConnectionFactory factory = (SmtpConnectionFactory) outbound.managedFactory.createConnectionFactory(
                (managedFactory, info) -> {
                    throw new jakarta.resource.ResourceException("no connection within 10 s");
                });
        SmtpException thrown = catchThrowableOfType(SmtpException.class, factory::getConnection);

        assertThat(thrown.phase()).isEqualTo(SmtpException.Phase.PREPARE);
        assertThat(thrown.isRetryable()).isTrue();
        assertThat(thrown).hasMessageContaining("no connection within 10 s").hasCauseInstanceOf(
                jakarta.resource.ResourceException.class);
    }

    @Test
    void withoutAServerEachConnectionIsItsOwn() throws Exception {
        outbound.managedFactory.setResourceAdapter(null);
        SmtpConnectionFactory factory = (SmtpConnectionFactory) outbound.managedFactory.createConnectionFactory();
        try (SmtpConnection connection = factory.getConnection()) {
            connection.send(Outbound.message("hello"));
        }
        assertThat(outbound.peer.mails()).hasSize(1);
        Eventually.isTrue(() -> outbound.peer.commands().contains("QUIT"));
    }

    private static void sendBy(SmtpConnection connection) throws Exception {
        try (connection) {
            connection.send(Outbound.message("hello"));
        }
    }

    private static String plain(String user, String password) {
        return "AUTH PLAIN " + Base64.getEncoder()
                .encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
    }
}
