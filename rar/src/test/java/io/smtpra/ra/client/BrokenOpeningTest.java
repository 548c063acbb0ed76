package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.net.ConnectionBrokenException.Kind;
import io.smtpra.ra.sasl.AuthCredentials;
import io.smtpra.ra.tls.client.OutboundTls;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that leave, are silent, are slow, or talk nonsense where TLS and authentication are negotiated, or behind a
 * chunk: what {@link BrokenConnectionTest} has for the other phases.
 */
@Timeout(60)
class BrokenOpeningTest {

    private static final List<Arguments> PHASES = List.of(
            Arguments.of(Phase.TLS, Scripts.greeted("STARTTLS") + "C: STARTTLS\n"),
            Arguments.of(Phase.AUTHENTICATE, Scripts.greeted("AUTH PLAIN") + "C: AUTH PLAIN *\n"),
            Arguments.of(Phase.AUTHENTICATE,
                    Scripts.greeted("AUTH LOGIN") + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: *\n"),
            Arguments.of(Phase.END_OF_DATA, Scripts.greeted("AUTH PLAIN", "CHUNKING", "PIPELINING")
                    + "C: AUTH PLAIN *\nS: 235 ok\nC: MAIL *\nC: RCPT *\nS: 250 ok\nS: 250 ok\n"
                    + "C: BDAT 21 LAST\nOCTETS 21\n"));

    private static final List<Arguments> FAULTS = List.of(
            Arguments.of(Kind.LOST, "CLOSE"),
            Arguments.of(Kind.LOST, "RESET"),
            Arguments.of(Kind.SHUT_DOWN, "S: 421 4.3.2 closing\nCLOSE"),
            Arguments.of(Kind.TIMED_OUT, "SILENCE"),
            Arguments.of(Kind.TIMED_OUT, "DRIBBLE 250-and so on, one octet after the other\\r\\n"),
            Arguments.of(Kind.PROTOCOL, "S: hello\nEOF"),
            Arguments.of(Kind.PROTOCOL, "FLOOD 250-more"));

    static Stream<Arguments> faults() {
        return PHASES.stream().flatMap(phase -> FAULTS.stream().map(fault -> Arguments.of(
                phase.get()[0], fault.get()[0], phase.get()[1] + (String) fault.get()[1])));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isTheEndOfTheConnection(Phase phase, Kind kind, String script) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(script)) {
            ClientConfig config = Clients.with(
                    Clients.with(Clients.hasty(server), Clients.IN_THE_CLEAR),
                    OutboundTls.NEGOTIATED, true, Clients.trustingAnyone());
            ConnectionBrokenException e = catchThrowableOfType(ConnectionBrokenException.class, () -> Mails.send(
                    Clients.open(config, Optional.of(new AuthCredentials.UserPassword("tim", "secret")))));
            assertThat(e.phase()).isEqualTo(phase);
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.noDataAccepted()).isEqualTo(phase != Phase.END_OF_DATA);
            assertThat(e.isRetryable()).isTrue();
        }
    }
}
