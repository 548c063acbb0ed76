package io.smtpra.ra.outbound.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.ClientConfig;
import io.smtpra.ra.sasl.AuthCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who waits after a failure, and for how long, by a clock of the test. */
class PausesTest {

    private static final ClientConfig ONE = ClientConfig.plain("one.example.com", 25);
    private static final ClientConfig TWO = ClientConfig.plain("two.example.com", 25);
    private static final NextHop HOP = new NextHop(List.of(ONE, TWO));
    private static final Optional<AuthCredentials> USER =
            Optional.of(new AuthCredentials.UserPassword("user", "wrong"));
    private static final SmtpException REFUSED = new SmtpException(
            Phase.AUTHENTICATE, "refused", Reply.of(535, "5.7.8", "bad credentials"), List.of());

    private final AtomicLong clock = new AtomicLong();

    @Test
    void aHostThatFailedComesLastUntilItsRestIsOver() {
        RestingHosts resting = new RestingHosts(clock::get);
        assertThat(resting.order(HOP.hosts())).containsExactly(ONE, TWO);
        resting.failed(ONE);
        assertThat(resting.order(HOP.hosts())).containsExactly(TWO, ONE);
        pass(Duration.ofSeconds(10));
        assertThat(resting.order(HOP.hosts())).containsExactly(ONE, TWO);

        resting.failed(ONE);
        pass(Duration.ofSeconds(19));
        assertThat(resting.order(HOP.hosts())).as("the second rest is longer").containsExactly(TWO, ONE);
        resting.reached(ONE);
        assertThat(resting.order(HOP.hosts())).containsExactly(ONE, TWO);
    }

    @Test
    void noRestHasNoEnd() {
        RestingHosts resting = new RestingHosts(clock::get);
        for (int i = 0; i < 100; i++) {
            resting.failed(ONE);
        }
        pass(Duration.ofMinutes(10));
        assertThat(resting.order(HOP.hosts())).containsExactly(ONE, TWO);
    }

    @Test
    void refusedCredentialsAreNotShownAgainAtOnce() {
        LogInPause pause = new LogInPause(clock::get);
        pause.refused(HOP, USER, REFUSED);
        assertThatThrownBy(() -> pause.check(HOP, USER)).isInstanceOf(SmtpException.class)
                .hasMessageContaining("535 5.7.8").hasMessageContaining("31 s")
                .satisfies(e -> assertThat(((SmtpException) e).isRetryable()).isTrue());
        assertThatCode(() -> pause.check(HOP, Optional.of(new AuthCredentials.UserPassword("user", "other"))))
                .as("another password").doesNotThrowAnyException();

        pass(Duration.ofSeconds(30));
        assertThatCode(() -> pause.check(HOP, USER)).doesNotThrowAnyException();
        pause.refused(HOP, USER, REFUSED);
        pass(Duration.ofSeconds(59));
        assertThatThrownBy(() -> pause.check(HOP, USER)).as("the second wait is longer")
                .isInstanceOf(SmtpException.class);
        pause.accepted(HOP, USER);
        assertThatCode(() -> pause.check(HOP, USER)).doesNotThrowAnyException();
    }

    @Test
    void whatIsNoRefusalIsNoReasonToWait() {
        LogInPause pause = new LogInPause(clock::get);
        pause.refused(HOP, USER, new SmtpException(Phase.AUTHENTICATE, "no mechanism fits", false, null));
        pause.refused(HOP, USER, new SmtpException(Phase.CONNECT, "nobody there", true, null));
        assertThatCode(() -> pause.check(HOP, USER)).doesNotThrowAnyException();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
