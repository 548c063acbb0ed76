package io.smtpra.ra.inbound.listener;

import io.smtpra.ra.Eventually;
import java.io.IOException;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Clients that ask and ask, and never read an answer: these must not pile up, and nobody waits for the client. */
class UnreadRepliesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(5);
    /** More than the sockets of both sides hold. */
    private static final int BIG = 32 << 20;

    @Test
    void clientThatAsksOnIsNotReadAndThenClosed() throws Exception {
        try (TestListener server = TestListener.with().timeouts(new Timeouts(Duration.ofSeconds(2), LONG,
                LONG)).start();
                Client client = server.greeted()) {
            client.socket().setSoTimeout(0);
            Thread flood = new Thread(() -> {
                try {
                    while (true) {
                        client.sends("NOOP with some text to be repeated to whoever asks\r\n".repeat(1000));
                    }
                } catch (IOException e) {
                    // the server has had enough
                }
            });
            flood.setDaemon(true);
            flood.start();

            flood.join(PATIENCE.toMillis());

            Assertions.assertThat(flood.isAlive()).isFalse();
            Eventually.assertThat(() -> server.protocol.events).containsExactly("disconnected");
        }
    }

    @Test
    void clientThatHasEndedItsOutputIsNotWaitedFor() throws Exception {
        try (TestListener server = TestListener.plain(); Client client = server.greeted()) {
            client.sends("BIG " + BIG + "\r\n").endsOutput();

            Eventually.isTrue(() -> server.runtime.connectionCount() == 0);
            Eventually.assertThat(() -> server.protocol.events).containsExactly("disconnected");
        }
    }

    @Test
    void clientThatHasLeftIsNotWaitedFor() throws Exception {
        try (TestListener server = TestListener.plain(); Client client = server.greeted()) {
            client.sends("BIG " + BIG + "\r\nQUIT\r\n");

            Eventually.isTrue(() -> server.runtime.connectionCount() == 1);
            client.close();
            Eventually.isTrue(() -> server.runtime.connectionCount() == 0);
        }
    }
}
