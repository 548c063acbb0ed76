package io.smtpra.ra.inbound.listener;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slowloris: clients that hold connections open by being slow, and by sending an octet now and then. */
class SlowClientTest {

    private static final String TIMED_OUT = "421 4.4.2 mx.example.com Timed out, closing";
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);
    /** Long enough for a client that hurries on a busy machine. */
    private static final Duration FAIR = Duration.ofMillis(2_500);

    @Test
    void silentClientIsClosed() throws Exception {
        try (TestListener server = start(new Timeouts(SHORT, LONG, LONG)); Client client = server.greeted()) {
            assertThat(client.hearsAll()).containsExactly(TIMED_OUT);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', false", "'DATA\r\n', false", "'DATA\r\n', true"})
    void clientThatDribblesIsClosed(String first, boolean diskOfAnotherThread) throws Exception {
        try (TestListener server = start(new Timeouts(SHORT, SHORT, SHORT)); Client client = server.greeted()) {
            server.protocol.diskOfAnotherThread = diskOfAnotherThread;
            client.sends(first);
            if (!first.isEmpty()) {
                client.plays("S: 354 send");
            }
            long start = System.nanoTime();

            dribble(client);

            assertThat(client.hearsAll()).containsExactly(TIMED_OUT);
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(9));
            assertThat(server.protocol.contents).isEmpty();
            Eventually.isTrue(() -> server.protocol.events.contains("disconnected"));
            assertThat(server.protocol.events.contains("aborted")).isEqualTo(!first.isEmpty());
        }
    }

    @Test
    void clientThatNeverBeginsItsContentIsClosed() throws Exception {
        try (TestListener server = start(new Timeouts(LONG, SHORT, LONG)); Client client = server.greeted()) {
            client.plays("C: DATA\nS: 354 send");

            assertThat(client.hearsAll()).containsExactly(TIMED_OUT);
        }
    }

    @Test
    void clientThatGetsOnIsNotClosed() throws Exception {
        try (TestListener server = start(new Timeouts(FAIR, FAIR, FAIR)); Client client = server.greeted()) {
            client.plays("C: DATA\nS: 354 send");
            for (int i = 0; i < 4; i++) {
                MILLISECONDS.sleep(FAIR.toMillis() / 3);
                client.sends("x".repeat(Timeouts.LEAST_DATA - 2) + "\r\n");
            }
            client.plays("C: .\nS: 250 stored " + 4 * Timeouts.LEAST_DATA);
            MILLISECONDS.sleep(FAIR.toMillis() / 3);
            client.plays("C: NOOP\nS: 250 NOOP");
        }
    }

    @Test
    void timeSpentByTheServerDoesNotCount() throws Exception {
        try (TestListener server = start(new Timeouts(FAIR, FAIR, FAIR)); Client client = server.greeted()) {
            client.plays("C: DELAY " + FAIR.plusSeconds(1).toMillis() + "\nS: 250 late\nC: NOOP\nS: 250 NOOP");
        }
    }

    private static TestListener start(Timeouts timeouts) throws Exception {
        return TestListener.with().timeouts(timeouts).start();
    }

    private static void dribble(Client client) throws Exception {
        try {
            for (int i = 0; i < 500; i++) {
                client.sends("x");
                if (client.socket().getInputStream().available() > 0) {
                    return;
                }
                MILLISECONDS.sleep(20);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?i).*(broken pipe|reset).*");
        }
    }
}
