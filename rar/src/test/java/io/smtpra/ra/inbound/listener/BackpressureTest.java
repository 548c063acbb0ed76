package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.Eventually;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is not taken is not read: the client has to wait, and memory stays bounded. */
class BackpressureTest {

    private static final String BLOCK = "x".repeat(65_534) + "\r\n";

    @Test
    void contentIsReadNoFasterThanItIsStored() throws Exception {
        try (TestListener server = TestListener.plain(); Client client = server.greeted()) {
            server.protocol.slowDisk = true;
            client.plays("C: DATA\nS: 354 send");
            AtomicLong sent = flood(client);
            Eventually.assertThat(() -> server.protocol.disk).hasSize(1);
            settle(sent);

            assertThat(server.protocol.disk).hasSize(1);
            assertThat(sent.get()).as("socket buffers, and little more").isLessThan(32 << 20);

            server.protocol.slowDisk = false;
            long before = sent.get();
            server.protocol.disk.remove().complete(null);
            Eventually.isTrue(() -> sent.get() > before + (64 << 20));
        }
    }

    @Test
    void commandsAreNotReadWhileAReplyIsAwaited() throws Exception {
        try (TestListener server = TestListener.plain(); Client client = server.greeted()) {
            client.sends("WAIT\r\n");
            AtomicLong sent = flood(client);
            Eventually.assertThat(() -> server.protocol.awaited).hasSize(1);
            settle(sent);

            assertThat(sent.get()).isLessThan(32 << 20);
        }
    }

    private static AtomicLong flood(Client client) {
        AtomicLong sent = new AtomicLong();
        Thread thread = new Thread(() -> {
            try {
                while (sent.get() < 1L << 30) {
                    client.sends(BLOCK);
                    sent.addAndGet(BLOCK.length());
                }
            } catch (IOException e) {
                // the test is over
            }
        });
        thread.setDaemon(true);
        thread.start();
        return sent;
    }

    /** Until nothing has moved for a while. */
    private static void settle(AtomicLong sent) throws InterruptedException {
        for (long last = -1; last != sent.get(); TimeUnit.MILLISECONDS.sleep(300)) {
            last = sent.get();
        }
    }
}
