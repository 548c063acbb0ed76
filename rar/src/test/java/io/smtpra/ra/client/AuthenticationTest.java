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
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.client.OutboundTls;
import io.smtpra.ra.tls.material.TestPki;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AUTH as it goes over the wire. */
class AuthenticationTest {

    private static final UserPassword TIM = new UserPassword("tim", "tanstaaftanstaaf");
    private static final UserPassword LONG = new UserPassword("tim", "p".repeat(400));
    private static final Token TOKEN = new Token("tim@example.com", () -> "ya29.token");
    private static final ClientCertificate CERTIFICATE = new ClientCertificate(Optional.empty());

    private static final String STARTTLS =
            Scripts.greeted("STARTTLS") + "C: STARTTLS\nS: 220 go ahead\nTLS\n";

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
                dialogue("SCRAM-SHA-256 LOGIN", TIM, "C: AUTH SCRAM-SHA-256 *\nS: 535 5.7.8 no\nC: AUTH LOGIN"
                        + "\nS: 334\nC: *\nS: 334\nC: *\nS: 235 ok"),
                dialogue("=PLAIN", TIM, "C: AUTH PLAIN *\nS: 235 ok"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dialogues")
    void accepted(String offered, AuthCredentials credentials, String script) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted(auth(offered)) + script + "\n" + Scripts.QUIT)) {
            open(server, Clients.IN_THE_CLEAR, credentials).close();
            server.verify();
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                dialogue("PLAIN LOGIN", TIM, "C: AUTH PLAIN *\nS: 535 5.7.8 no"),
                dialogue("PLAIN", TIM, "C: AUTH PLAIN *\nS: 454 4.7.0 later"),
                dialogue("PLAIN", TIM, "C: AUTH PLAIN *\nS: 504 5.5.4 what?"),
                dialogue("SCRAM-SHA-256 PLAIN LOGIN", TIM,
                        "C: AUTH SCRAM-SHA-256 *\nS: 535 5.7.8 no\nC: AUTH PLAIN *\nS: 535 5.7.8 no"),
                dialogue("SCRAM-SHA-256", TIM, "C: AUTH SCRAM-SHA-256 *\nS: 535 5.7.8 no"),
                dialogue("SCRAM-SHA-256 PLAIN", TIM, "C: AUTH SCRAM-SHA-256 *\nS: 454 4.7.0 later"),
                dialogue("XOAUTH2", TOKEN, "C: AUTH XOAUTH2 *\nS: 334 eyJzdGF0dXMiOiI0MDEifQ==\nC: \nS: 535 5.7.8 no"),
                dialogue("OAUTHBEARER", TOKEN,
                        "C: AUTH OAUTHBEARER *\nS: 334 eyJzdGF0dXMiOiI0MDEifQ==\nC: AQ==\nS: 535 5.7.8 no"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refused(String offered, AuthCredentials credentials, String script) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted(auth(offered)) + script + "\n" + Scripts.QUIT)) {
            SmtpException e = failure(server, Clients.IN_THE_CLEAR, credentials);
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
                SmtpException e = failure(server, Clients.IN_THE_CLEAR, TIM);
                assertThat(e.phase()).isEqualTo(Phase.AUTHENTICATE);
                assertThat(e.isRetryable()).isFalse();
                server.verify();
            }
        }
    }

    @Test
    void the_administrators_order_of_mechanisms_holds() throws Exception {
        AuthPolicy policy = new AuthPolicy(List.of(AuthMechanism.LOGIN, AuthMechanism.PLAIN), true, false);
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
                SmtpException e = failure(server, Clients.IN_THE_CLEAR, i == 3 ? TOKEN : TIM);
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
                assertThat(failure(server, Clients.IN_THE_CLEAR, token)).hasMessageContaining("supplier of tokens");
                server.verify();
            }
        }
    }

    @Test
    void a_peer_that_was_not_checked_is_shown_nothing() throws Exception {
        SSLContext stranger = ServerContexts.of(TestPki.selfSigned(TestPki.Request.host("localhost")));
        for (AuthCredentials credentials : List.of(TIM, TOKEN)) {
            try (ScriptedServer server = ScriptedServer.playsWithTls(stranger,
                    STARTTLS + Scripts.hello("AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER") + Scripts.QUIT)) {
                SmtpException e = failure(unchecked(server, AuthPolicy.DEFAULTS), credentials);
                assertThat(e).hasMessageContaining("was not checked").hasMessageContaining("certificateCheck")
                        .hasMessageContaining("credentialsToUnverifiedPeer");
                assertThat(e.phase()).isEqualTo(Phase.AUTHENTICATE);
                server.verify();
            }
        }
    }

    @Test
    void a_peer_that_was_not_checked_is_answered_by_what_shows_nothing_and_by_no_weaker_way() throws Exception {
        SSLContext stranger = ServerContexts.of(TestPki.selfSigned(TestPki.Request.host("localhost")));
        try (ScriptedServer server = ScriptedServer.playsWithTls(stranger,
                STARTTLS + Scripts.hello("AUTH PLAIN LOGIN SCRAM-SHA-256")
                        + "C: AUTH SCRAM-SHA-256 *\nS: 535 5.7.8 no\n" + Scripts.QUIT,
                STARTTLS + Scripts.hello("AUTH PLAIN EXTERNAL") + "C: AUTH EXTERNAL =\nS: 235 ok\n" + Scripts.QUIT)) {
            ClientConfig config = unchecked(server, AuthPolicy.DEFAULTS);
            assertThat(failure(config, TIM)).hasMessageContaining("refused to authenticate by SCRAM-SHA-256");
            Clients.open(config, Optional.of(CERTIFICATE)).close();
            server.verify();
        }
    }

    @Test
    void a_peer_that_was_not_checked_is_shown_what_the_administrator_allows() throws Exception {
        SSLContext stranger = ServerContexts.of(TestPki.selfSigned(TestPki.Request.host("localhost")));
        try (ScriptedServer server = ScriptedServer.playsWithTls(stranger,
                STARTTLS + Scripts.hello("AUTH PLAIN") + "C: AUTH PLAIN *\nS: 235 ok\n" + Scripts.QUIT)) {
            AuthPolicy trusting = new AuthPolicy(List.of(AuthMechanism.values()), false, true);
            Clients.open(unchecked(server, trusting), Optional.of(TIM)).close();
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"454 4.7.0 not now", "501 5.5.4 no"})
    void a_refused_STARTTLS_is_told_as_such_and_not_as_a_failed_log_in(String refusal) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                STARTTLS.replace("S: 220 go ahead\nTLS\n", "S: " + refusal + "\n")
                + Scripts.QUIT)) {
            SmtpException e = failure(unchecked(server, AuthPolicy.DEFAULTS), TIM);
            assertThat(e.phase()).isEqualTo(Phase.TLS);
            assertThat(e.reply()).get().hasToString(refusal);
            assertThat(e.isRetryable()).isEqualTo(refusal.startsWith("4"));
            server.verify();
        }
    }

    @Test
    void a_broken_handshake_leads_to_plain_text_only_where_credentials_may_go_there() throws Exception {
        String broken = STARTTLS.replace("\nTLS\n", "\nHELLO-OCTETS\nCLOSE\n");
        try (ScriptedServer server = ScriptedServer.plays(broken, broken,
                Scripts.greeted("AUTH PLAIN") + "C: AUTH PLAIN *\nS: 235 ok\n" + Scripts.QUIT)) {
            assertThat(failure(unchecked(server, AuthPolicy.DEFAULTS), TIM).phase()).isEqualTo(Phase.TLS);
            Clients.open(unchecked(server, Clients.IN_THE_CLEAR), Optional.of(TIM)).close();
            server.verify();
        }
    }

    @Test
    void goes_inside_TLS_and_is_bound_to_it(@TempDir Path directory) throws Exception {
        TestPki.Authority authority = TestPki.authority("Test authority");
        TestPki.Issued issued = authority.issue(TestPki.Request.host("localhost"));
        try (ScriptedServer server = ScriptedServer.playsWithTls(ServerContexts.of(issued),
                "TLS\n" + Scripts.greeted("AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256")
                        + "C: AUTH SCRAM-SHA-256-PLUS cD10bHMtc2VydmVyLWVuZC1wb2lud*\nS: 535 5.7.8 no\n" + Scripts.QUIT,
                "TLS\n" + Scripts.greeted("AUTH SCRAM-SHA-256")
                        + "C: AUTH SCRAM-SHA-256 eSwsbj10aW0sc*\nS: 535 5.7.8 no\n" + Scripts.QUIT,
                "TLS\n" + Scripts.greeted("AUTH PLAIN") + "C: AUTH PLAIN *\nS: 235 ok\n" + Scripts.MAIL_ALONE
                        + Scripts.QUIT)) {
            ClientConfig config = Clients.with(Clients.config(server), OutboundTls.IMPLICIT, false,
                    ClientTls.open(new ClientTlsConfig(CertificateCheck.CHAIN_AND_HOST,
                            Optional.of(authority.trust(directory.resolve("ca.pem"))), false, Optional.empty(),
                            List.of(), List.of())));
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

    private static ClientConfig unchecked(ScriptedServer server, AuthPolicy policy) throws Exception {
        return Clients.with(Clients.with(Clients.config(server), policy),
                OutboundTls.NEGOTIATED, true, Clients.trustingAnyone());
    }

    private static SmtpException failure(ClientConfig config, AuthCredentials credentials) {
        return catchThrowableOfType(SmtpException.class, () -> Clients.open(config, Optional.of(credentials)));
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
