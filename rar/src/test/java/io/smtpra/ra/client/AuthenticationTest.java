package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.sasl.AuthCredentials;
import io.smtpra.ra.sasl.AuthCredentials.ClientCertificate;
import io.smtpra.ra.sasl.AuthCredentials.Token;
import io.smtpra.ra.sasl.AuthCredentials.UserPassword;
import io.smtpra.ra.sasl.AuthMechanism;
import io.smtpra.ra.tls.OutboundTls;
import io.smtpra.ra.tls.TestPki;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** AUTH as it goes over the wire. */
class AuthenticationTest {

    private static final UserPassword TIM = new UserPassword("tim", "tanstaaftanstaaf");
    private static final UserPassword LONG = new UserPassword("tim", "p".repeat(400));
    private static final Token TOKEN = new Token("tim@example.com", () -> "ya29.token");
    private static final ClientCertificate CERTIFICATE = new ClientCertificate(Optional.empty());
    private static final AuthPolicy IN_THE_CLEAR = new AuthPolicy(List.of(AuthMechanism.values()), true);

    static Stream<Arguments> dialogues() {
        return Stream.of(
                dialogue("PLAIN", TIM, "C: AUTH PLAIN " + base64("\0tim\0tanstaaftanstaaf") + "\nS: 235 ok"),
                dialogue("LOGIN", TIM, "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: " + base64("tim")
                        + "\nS: 334 UGFzc3dvcmQ6\nC: " + base64("tanstaaftanstaaf") + "\nS: 235 ok"),
                dialogue("LOGIN", TIM, "C: AUTH LOGIN\nS: 334 Username:\nC: " + base64("tim")
                        + "\nS: 334\nC: " + base64("tanstaaftanstaaf") + "\nS: 235 ok"),
                dialogue("EXTERNAL", CERTIFICATE, "C: AUTH EXTERNAL =\nS: 235 ok"),
                dialogue("EXTERNAL", new ClientCertificate(Optional.of("bob")),
                        "C: AUTH EXTERNAL " + base64("bob") + "\nS: 235 ok"),
                dialogue("XOAUTH2 PLAIN", TOKEN, "C: AUTH XOAUTH2 "
                        + base64("user=tim@example.com\1auth=Bearer ya29.token\1\1") + "\nS: 235 ok"),
                dialogue("XOAUTH2 OAUTHBEARER", TOKEN, "C: AUTH OAUTHBEARER *\nS: 235 ok"),
                dialogue("PLAIN", LONG, "C: AUTH PLAIN\nS: 334\nC: " + base64("\0tim\0" + LONG.password())
                        + "\nS: 235 ok"),
                dialogue("PLAIN LOGIN", TIM, "C: AUTH PLAIN *\nS: 504 5.5.4 what?\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6"
                        + "\nC: *\nS: 334 UGFzc3dvcmQ6\nC: *\nS: 235 ok"),
                dialogue("=PLAIN", TIM, "C: AUTH PLAIN *\nS: 235 ok"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dialogues")
    void accepted(String offered, AuthCredentials credentials, String script) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted(auth(offered)) + script + "\n" + Scripts.QUIT)) {
            open(server, IN_THE_CLEAR, credentials).close();
            server.verify();
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                dialogue("PLAIN LOGIN", TIM, "C: AUTH PLAIN *\nS: 535 5.7.8 no"),
                dialogue("PLAIN", TIM, "C: AUTH PLAIN *\nS: 454 4.7.0 later"),
                dialogue("PLAIN", TIM, "C: AUTH PLAIN *\nS: 504 5.5.4 what?"),
                dialogue("XOAUTH2", TOKEN, "C: AUTH XOAUTH2 *\nS: 334 eyJzdGF0dXMiOiI0MDEifQ==\nC: \nS: 535 5.7.8 no"),
                dialogue("OAUTHBEARER", TOKEN,
                        "C: AUTH OAUTHBEARER *\nS: 334 eyJzdGF0dXMiOiI0MDEifQ==\nC: AQ==\nS: 535 5.7.8 no"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refused(String offered, AuthCredentials credentials, String script) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted(auth(offered)) + script + "\n" + Scripts.QUIT)) {
            SmtpException e = failure(server, IN_THE_CLEAR, credentials);
            server.verify();
            assertThat(e.phase()).isEqualTo(Phase.AUTHENTICATE);
            assertThat(e.reply()).isPresent();
            assertThat(e.isRetryable()).isEqualTo(e.reply().get().isTransient());
        }
    }

    @Test
    void credentials_are_never_shown_in_plain_text_unless_that_is_allowed() throws Exception {
        for (AuthCredentials credentials : List.of(TIM, TOKEN, CERTIFICATE)) {
            try (ScriptedServer server = ScriptedServer.plays(
                    Scripts.greeted("AUTH PLAIN LOGIN SCRAM-SHA-256 XOAUTH2 EXTERNAL") + Scripts.QUIT)) {
                assertThat(failure(server, AuthPolicy.DEFAULTS, credentials)).hasMessageContaining("plain text");
                server.verify();
            }
        }
    }

    @Test
    void credentials_that_cannot_be_used_are_an_error() throws Exception {
        for (String extension : List.of("HELP", "AUTH CRAM-MD5 GSSAPI", "AUTH XOAUTH2")) {
            try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted(extension) + Scripts.QUIT)) {
                SmtpException e = failure(server, IN_THE_CLEAR, TIM);
                assertThat(e.phase()).isEqualTo(Phase.AUTHENTICATE);
                assertThat(e.isRetryable()).isFalse();
                server.verify();
            }
        }
    }

    @Test
    void the_administrators_order_of_mechanisms_holds() throws Exception {
        AuthPolicy policy = new AuthPolicy(List.of(AuthMechanism.LOGIN, AuthMechanism.PLAIN), true);
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("AUTH PLAIN LOGIN SCRAM-SHA-256")
                + "C: AUTH LOGIN\nS: 334\nC: *\nS: 334\nC: *\nS: 235 ok\n" + Scripts.QUIT)) {
            open(server, policy, TIM).close();
            server.verify();
        }
    }

    @Test
    void a_server_that_claims_success_without_proving_itself_is_left() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted("AUTH SCRAM-SHA-256") + "C: AUTH SCRAM-SHA-256 *\nS: 235 ok\nEOF",
                Scripts.greeted("AUTH SCRAM-SHA-256") + "C: AUTH SCRAM-SHA-256 *\nS: 334 "
                        + base64("r=stolen,s=AAAA,i=4096") + "\nEOF",
                Scripts.greeted("AUTH LOGIN") + "C: AUTH LOGIN\n" + "S: 334\nC: *\n".repeat(2) + "S: 334 more\nEOF",
                Scripts.greeted("AUTH XOAUTH2") + "C: AUTH XOAUTH2 *\n" + "S: 334\nC: *\n".repeat(8) + "S: 334\nEOF")) {
            for (int i = 0; i < 4; i++) {
                SmtpException e = failure(server, IN_THE_CLEAR, i == 3 ? TOKEN : TIM);
                assertThat(e.phase()).isEqualTo(Phase.AUTHENTICATE);
                assertThat(e.reply()).isEmpty();
            }
            server.verify();
        }
    }

    @Test
    void a_supplier_of_tokens_that_fails_is_an_error_of_authentication() throws Exception {
        List<Token> tokens = List.of(
                new Token("tim", () -> {
                    throw new IllegalStateException("no network");
                }),
                new Token("tim", () -> "a\r\nRSET"),
                new Token("tim", () -> ""));
        for (Token token : tokens) {
            try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("AUTH XOAUTH2") + "EOF")) {
                assertThat(failure(server, IN_THE_CLEAR, token)).hasMessageContaining("supplier of tokens");
                server.verify();
            }
        }
    }

    @Test
    void goes_inside_TLS_and_is_bound_to_it() throws Exception {
        TestPki.Issued issued = TestPki.selfSigned(TestPki.Request.host("localhost"));
        try (ScriptedServer server = ScriptedServer.playsWithTls(ServerContexts.of(issued),
                "TLS\n" + Scripts.greeted("AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256")
                        + "C: AUTH SCRAM-SHA-256-PLUS cD10bHMtc2VydmVyLWVuZC1wb2lud*\nS: 535 5.7.8 no\n" + Scripts.QUIT,
                "TLS\n" + Scripts.greeted("AUTH SCRAM-SHA-256")
                        + "C: AUTH SCRAM-SHA-256 eSwsbj10aW0sc*\nS: 535 5.7.8 no\n" + Scripts.QUIT,
                "TLS\n" + Scripts.greeted("AUTH PLAIN") + "C: AUTH PLAIN *\nS: 235 ok\n" + Scripts.MAIL_ALONE
                        + Scripts.QUIT)) {
            ClientConfig config = Clients.with(
                    Clients.config(server), OutboundTls.IMPLICIT, false, Clients.trustingAnyone());
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> Clients.open(config, Optional.of(TIM)))
                        .hasMessageContaining("535 5.7.8 no");
            }
            try (SmtpClientConnection connection = Clients.open(config, Optional.of(TIM))) {
                Mails.send(connection);
            }
            server.verify();
        }
    }

    @Test
    void secrets_are_not_in_toString() {
        assertThat(TIM.toString() + TOKEN).contains("tim").doesNotContain("tanstaaf").doesNotContain("ya29");
    }

    private static SmtpException failure(ScriptedServer server, AuthPolicy policy, AuthCredentials credentials) {
        return catchThrowableOfType(SmtpException.class, () -> open(server, policy, credentials));
    }

    private static String auth(String offered) {
        return offered.startsWith("=") ? "AUTH" + offered : "AUTH " + offered;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Arguments dialogue(String offered, AuthCredentials credentials, String script) {
        return Arguments.of(offered, credentials, script);
    }

    private static SmtpClientConnection open(ScriptedServer server, AuthPolicy policy, AuthCredentials credentials)
            throws SmtpException {
        return Clients.open(Clients.with(Clients.config(server), policy), Optional.of(credentials));
    }
}
