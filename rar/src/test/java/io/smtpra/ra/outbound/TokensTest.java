package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that a class or an authorization server supplies. */
class TokensTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Outbound outbound;
    private SmtpConnectionFactory factory;
    private HttpServer authorizationServer;
    private volatile String answer = "{\"access_token\":\"token-%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
    private volatile int status = 200;

    /** What an administrator may name. */
    public static final class FixedTokens implements Supplier<String> {

        @Override
        public String get() {
            return "fixed";
        }
    }

    @BeforeEach
    void open() throws Exception {
        outbound = Outbound.joining(5);
        outbound.peer.ehlo("250-peer.example.com\r\n250 AUTH XOAUTH2");
        outbound.peer.answer("AUTH", "235 2.7.0 welcome");
        outbound.managedFactory.setUserName("user@example.com");
        outbound.managedFactory.setPlainTextAuthentication("true");
        outbound.managedFactory.setMaxMailsPerConnection("1");
        authorizationServer = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        authorizationServer.createContext("/token", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] octets = answer.formatted(asked.size()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, octets.length);
            exchange.getResponseBody().write(octets);
            exchange.close();
        });
        authorizationServer.start();
    }

    @AfterEach
    void close() throws Exception {
        authorizationServer.stop(0);
        outbound.close();
    }

    @Test
    void aClassSuppliesThem() throws Exception {
        outbound.managedFactory.setTokenSupplier(FixedTokens.class.getName());
        send();
        assertThat(shown()).containsExactly("fixed");
    }

    @Test
    void aTokenIsAskedForOnceForItsLifetime() throws Exception {
        endpoint();
        send();
        send();
        assertThat(shown()).containsExactly("token-1", "token-1");
        assertThat(asked).containsExactly("Basic " + Base64.getEncoder().encodeToString("app:s%25cret".getBytes(
                StandardCharsets.US_ASCII)) + " grant_type=client_credentials&scope=smtp.send");
    }

    @Test
    void aTokenThatHasExpiredIsRenewed() throws Exception {
        answer = answer.replace("3600", "0");
        endpoint();
        send();
        assertThat(shown()).hasSize(1);
        assertThat(asked).hasSizeGreaterThan(1);
    }

    @Test
    void aTokenThatCannotBeHadIsWorthTryingAgainAndTheNextHopHearsNothing() throws Exception {
        status = 503;
        endpoint();
        SmtpException thrown = catchThrowableOfType(SmtpException.class, this::send);
        assertThat(thrown.phase()).isEqualTo(SmtpException.Phase.AUTHENTICATE);
        assertThat(thrown.isRetryable()).isTrue();
        assertThat(thrown).hasMessageContaining("the endpoint answers 503").hasMessageNotContaining("cret");
        assertThat(outbound.peer.connections()).isZero();
    }

    @Test
    void anAnswerWithoutATokenIsAFailure() throws Exception {
        answer = "{\"error\":\"unauthorized_client\"}";
        endpoint();
        assertThat(catchThrowableOfType(SmtpException.class, this::send)).hasMessageContaining("no access_token");
    }

    private void endpoint() {
        outbound.managedFactory.setTokenEndpoint(
                "http://127.0.0.1:" + authorizationServer.getAddress().getPort() + "/token");
        outbound.managedFactory.setTokenClientId("app");
        outbound.managedFactory.setTokenClientSecret("s%cret");
        outbound.managedFactory.setTokenScope("smtp.send");
    }

    private void send() throws Exception {
        if (factory == null) {
            factory = outbound.factory();
        }
        try (SmtpConnection connection = factory.getConnection()) {
            connection.send(Outbound.message("x"));
        }
    }

    private List<String> shown() throws IOException {
        return outbound.peer.commands().stream()
                .filter(command -> command.startsWith("AUTH XOAUTH2 "))
                .map(command -> new String(Base64.getDecoder().decode(command.substring(13)), StandardCharsets.UTF_8))
                .map(text -> text.substring(text.indexOf("Bearer ") + 7).replace("\u0001", ""))
                .toList();
    }
}
