package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.Envelope;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.net.ConnectionBrokenException.Kind;
import io.smtpra.ra.client.transfer.SendResult;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.client.OutboundTls;
import io.smtpra.ra.tls.material.TestPki;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS by policy, against servers that offer it, refuse it, break it or lie about it. */
@Timeout(60)
class TlsPolicyTest {

    private static final String STARTTLS = Scripts.greeted("PIPELINING", "STARTTLS", "SIZE 10", "AUTH PLAIN")
            + "C: STARTTLS\n";
    private static final String PLAIN = Scripts.greeted("PIPELINING") + Scripts.MAIL + Scripts.QUIT;
    private static final String SECURED = STARTTLS + "S: 220 go ahead\nTLS\n" + Scripts.hello("PIPELINING")
            + Scripts.MAIL + Scripts.QUIT;

    @TempDir
    private static Path directory;

    private static TestPki.Authority authority;
    private static SSLContext good;
    private static SSLContext otherHost;
    private static SSLContext expired;
    private static SSLContext unknown;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = TestPki.authority("Test authority");
        ZonedDateTime now = ZonedDateTime.now();
        good = ServerContexts.of(authority.issue(TestPki.Request.host("localhost")));
        otherHost = ServerContexts.of(authority.issue(TestPki.Request.host("other.example.com")));
        expired = ServerContexts.of(authority.issue(
                TestPki.Request.host("localhost").valid(now.minusDays(30), now.minusDays(1))));
        unknown = ServerContexts.of(TestPki.selfSigned(TestPki.Request.host("localhost")));
    }

    @ParameterizedTest
    @EnumSource(value = OutboundTls.class, names = {"NEGOTIATED", "REQUIRED"})
    void uses_what_is_offered_and_forgets_what_was_learnt_before(OutboundTls policy) throws Exception {
        try (ScriptedServer server = ScriptedServer.playsWithTls(good, SECURED)) {
            try (SmtpClientConnection connection = open(server, policy, CertificateCheck.CHAIN_AND_HOST)) {
                assertThat(connection.extensions().startTls()).isFalse();
                assertThat(connection.extensions().maxSize()).isEmpty();
                assertThat(connection.extensions().authMechanisms()).isEmpty();
                SendResult result = Mails.send(connection);
                assertThat(result.tls()).get().matches(tls -> tls.peerVerified() && tls.protocol().startsWith("TLSv1."));
                assertThat(connection.isStale()).isFalse();
            }
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_later_connection_resumes_the_session_of_an_earlier_one(String protocol) throws Exception {
        String later = "PAUSE 20\n" + SECURED;
        try (ScriptedServer server = ScriptedServer.playsWithTls(good, SECURED, later, later)) {
            ClientTls material = ClientTls.open(new ClientTlsConfig(CertificateCheck.CHAIN_AND_HOST,
                    Optional.of(authority.trust(directory.resolve("ca.pem"))), false, Optional.empty(),
                    List.of(protocol), List.of()));
            ClientConfig config = Clients.with(Clients.config(server), OutboundTls.REQUIRED, false, material);
            for (int i = 0; i < 3; i++) {
                try (SmtpClientConnection connection = Clients.open(config)) {
                    assertThat(Mails.send(connection).tls()).get()
                            .matches(tls -> tls.peerVerified() && tls.protocol().equals(protocol));
                }
            }
            server.verify();
            assertThat(server.sessions()).hasSize(3).containsOnly(server.sessions().get(0));
        }
    }

    @Test
    void implicit_speaks_TLS_from_the_first_octet() throws Exception {
        try (ScriptedServer server = ScriptedServer.playsWithTls(good, "TLS\n" + PLAIN)) {
            try (SmtpClientConnection connection =
                    open(server, OutboundTls.IMPLICIT, CertificateCheck.CHAIN_AND_HOST)) {
                assertThat(Mails.send(connection).tls()).isPresent();
            }
            server.verify();
        }
    }

    @Test
    void disabled_never_uses_it() throws Exception {
        try (ScriptedServer server = ScriptedServer.playsWithTls(
                good, Scripts.greeted("PIPELINING", "STARTTLS") + Scripts.MAIL + Scripts.QUIT)) {
            try (SmtpClientConnection connection = open(server, OutboundTls.DISABLED, CertificateCheck.CHAIN)) {
                assertThat(Mails.send(connection).tls()).isEmpty();
            }
            server.verify();
        }
    }

    @Test
    void negotiated_goes_on_in_plain_text_where_it_is_not_offered() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(PLAIN)) {
            try (SmtpClientConnection connection = open(server, OutboundTls.NEGOTIATED, CertificateCheck.NONE)) {
                assertThat(Mails.send(connection).tls()).isEmpty();
            }
            server.verify();
        }
    }

    @Test
    void negotiated_tells_that_the_peer_was_not_checked() throws Exception {
        for (SSLContext any : List.of(otherHost, expired, unknown)) {
            try (ScriptedServer server = ScriptedServer.playsWithTls(any, SECURED)) {
                try (SmtpClientConnection connection =
                        open(server, OutboundTls.NEGOTIATED, CertificateCheck.NONE)) {
                    assertThat(Mails.send(connection).tls()).get().matches(tls -> !tls.peerVerified());
                }
                server.verify();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"454 4.7.0 not now", "501 5.5.4 no", "502 5.5.1 what?"})
    void negotiated_obeys_a_refusal_and_goes_on_in_the_same_session(String refusal) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted("PIPELINING", "STARTTLS") + "C: STARTTLS\nS: " + refusal + "\n" + Scripts.MAIL
                        + Scripts.QUIT)) {
            try (SmtpClientConnection connection = open(server, OutboundTls.NEGOTIATED, CertificateCheck.NONE)) {
                assertThat(Mails.send(connection).tls()).isEmpty();
            }
            server.verify();
        }
    }

    @Test
    void negotiated_without_fallback_takes_a_refusal_as_the_end() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(STARTTLS + "S: 454 4.7.0 not now\n" + Scripts.QUIT)) {
            ClientConfig config = Clients.with(
                    Clients.config(server), OutboundTls.NEGOTIATED, false, Clients.trustingAnyone());
            SmtpException e = failure(() -> Clients.open(config));
            assertThat(e.phase()).isEqualTo(Phase.TLS);
            assertThat(e.reply()).get().hasToString("454 4.7.0 not now");
            assertThat(e.isRetryable()).isTrue();
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLOSE", "S: 500 this is not TLS", "DRIBBLE \\0", "SILENCE"})
    void negotiated_goes_plain_on_a_fresh_connection_when_the_handshake_breaks(String fault) throws Exception {
        String broken = STARTTLS + "S: 220 go ahead\nHELLO-OCTETS\n" + fault + "\n";
        // The server plays one script after the other, so one that holds the line is cut off by the client's leaving.
        try (ScriptedServer server = ScriptedServer.plays(broken.replace("SILENCE", "LEFT"), PLAIN)) {
            ClientConfig config = Clients.with(Clients.hasty(server), OutboundTls.NEGOTIATED, true,
                    Clients.trustingAnyone());
            try (SmtpClientConnection connection = Clients.open(config)) {
                assertThat(Mails.send(connection).tls()).isEmpty();
            }
            server.verify();
        }
    }

    @ParameterizedTest
    @EnumSource(value = CertificateCheck.class, names = {"CHAIN", "CHAIN_AND_HOST"})
    void negotiated_never_goes_plain_after_a_failed_check(CertificateCheck check) throws Exception {
        for (SSLContext bad : check == CertificateCheck.CHAIN ? List.of(expired, unknown) : List.of(otherHost)) {
            try (ScriptedServer server = ScriptedServer.playsWithTls(
                    bad, STARTTLS + "S: 220 go ahead\nTLS\n")) {
                SmtpException e = failure(() -> open(server, OutboundTls.NEGOTIATED, check));
                assertThat(e.phase()).isEqualTo(Phase.TLS);
                assertThat(e).hasMessageContaining("certificate");
                server.verify();
            }
        }
    }

    @Test
    void negotiated_without_fallback_takes_a_broken_handshake_as_the_end() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(STARTTLS + "S: 220 go ahead\nHELLO-OCTETS\nCLOSE\n")) {
            ClientConfig config = Clients.with(
                    Clients.config(server), OutboundTls.NEGOTIATED, false, Clients.trustingAnyone());
            assertThat(failure(() -> Clients.open(config)).phase()).isEqualTo(Phase.TLS);
            server.verify();
        }
    }

    @Test
    void required_sends_nothing_where_it_is_not_offered() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING") + Scripts.QUIT)) {
            SmtpException e = failure(() -> open(server, OutboundTls.REQUIRED, CertificateCheck.NONE));
            assertThat(e.phase()).isEqualTo(Phase.TLS);
            assertThat(e).hasMessageContaining("does not offer STARTTLS");
            server.verify();
        }
    }

    @Test
    void required_sends_nothing_to_a_server_that_knows_HELO_alone_or_refuses() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                "S: 220 x\nC: EHLO *\nS: 502 what?\nC: HELO *\nS: 250 x\n" + Scripts.QUIT,
                STARTTLS + "S: 454 4.7.0 not now\n" + Scripts.QUIT)) {
            for (int i = 0; i < 2; i++) {
                assertThat(failure(() -> open(server, OutboundTls.REQUIRED, CertificateCheck.NONE)).phase())
                        .isEqualTo(Phase.TLS);
            }
            server.verify();
        }
    }

    @ParameterizedTest
    @EnumSource(value = OutboundTls.class, names = {"REQUIRED", "IMPLICIT"})
    void a_certificate_that_does_not_pass_is_the_end(OutboundTls policy) throws Exception {
        String script = policy == OutboundTls.IMPLICIT ? "TLS\n" : STARTTLS + "S: 220 go ahead\nTLS\n";
        for (SSLContext bad : List.of(otherHost, expired, unknown)) {
            try (ScriptedServer server = ScriptedServer.playsWithTls(bad, script)) {
                SmtpException e = failure(() -> open(server, policy, CertificateCheck.CHAIN_AND_HOST));
                assertThat(e.phase()).isEqualTo(Phase.TLS);
                assertThat(e).hasMessageContaining("certificate");
                server.verify();
            }
        }
    }

    @Test
    void a_check_of_the_chain_alone_does_not_mind_the_name() throws Exception {
        try (ScriptedServer server = ScriptedServer.playsWithTls(otherHost, SECURED)) {
            try (SmtpClientConnection connection = open(server, OutboundTls.REQUIRED, CertificateCheck.CHAIN)) {
                assertThat(Mails.send(connection).tls()).get().matches(tls -> tls.peerVerified());
            }
            server.verify();
        }
    }

    @ParameterizedTest
    @EnumSource(value = OutboundTls.class, names = {"NEGOTIATED", "REQUIRED"})
    void octets_behind_the_220_are_never_parsed(OutboundTls policy) throws Exception {
        try (ScriptedServer server = ScriptedServer.playsWithTls(
                good, STARTTLS + "S: 220 go ahead\nS: 250-mx\nS: 250 AUTH PLAIN\nEOF\n")) {
            ConnectionBrokenException e = catchThrowableOfType(ConnectionBrokenException.class,
                    () -> open(server, policy, CertificateCheck.NONE));
            assertThat(e.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(e.phase()).isEqualTo(Phase.TLS);
            server.verify();
        }
    }

    @Test
    void a_handshake_has_an_end_however_the_server_dribbles() throws Exception {
        long start = System.nanoTime();
        try (ScriptedServer server = ScriptedServer.plays(
                STARTTLS + "S: 220 go ahead\nHELLO-OCTETS\nDRIBBLE \\0\n")) {
            ClientConfig config = Clients.with(
                    Clients.hasty(server), OutboundTls.REQUIRED, false, Clients.trustingAnyone());
            assertThat(failure(() -> Clients.open(config)).phase()).isEqualTo(Phase.TLS);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Clients.SHORT.multipliedBy(6));
    }

    @Test
    void a_mail_can_require_TLS_on_each_hop() throws Exception {
        Envelope envelope = Envelope.from("a@example.com").to("b@example.org").requireTls(true).build();
        String script = STARTTLS + "S: 220 go ahead\nTLS\n" + Scripts.hello("PIPELINING", "REQUIRETLS");
        String mail = Scripts.MAIL.replace("<a@example.com>", "<a@example.com> REQUIRETLS");
        try (ScriptedServer server = ScriptedServer.playsWithTls(
                good, script + mail + Scripts.QUIT, script + Scripts.QUIT, script + Scripts.QUIT, SECURED.replace(Scripts.MAIL, ""))) {
            try (SmtpClientConnection checked =
                    open(server, OutboundTls.REQUIRED, CertificateCheck.CHAIN_AND_HOST)) {
                Mails.send(checked, envelope, Mails.TEXT);
            }
            for (CertificateCheck check : List.of(CertificateCheck.NONE, CertificateCheck.CHAIN)) {
                try (SmtpClientConnection unchecked = open(server, OutboundTls.REQUIRED, check)) {
                    assertThat(failure(() -> unchecked.offer().check(envelope, OptionalLong.empty())))
                            .hasMessageContaining("verified host");
                }
            }
            try (SmtpClientConnection unable =
                    open(server, OutboundTls.REQUIRED, CertificateCheck.CHAIN_AND_HOST)) {
                assertThat(failure(() -> Mails.send(unable, envelope, Mails.TEXT)))
                        .hasMessageContaining("does not offer REQUIRETLS");
            }
            server.verify();
        }
    }

    private static SmtpClientConnection open(ScriptedServer server, OutboundTls policy, CertificateCheck check)
            throws Exception {
        return Clients.open(Clients.with(Clients.config(server), policy, true, tls(check)));
    }

    private static ClientTls tls(CertificateCheck check) throws Exception {
        return ClientTls.open(new ClientTlsConfig(check,
                Optional.of(authority.trust(directory.resolve("ca.pem"))), false, Optional.empty(), List.of(),
                List.of()));
    }

    private static SmtpException failure(ThrowingCallable call) {
        return catchThrowableOfType(SmtpException.class, call);
    }
}
