package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.SmtpConnection;
import io.smtpra.SmtpException;
import io.smtpra.ra.Eventually;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server destroys a connection whenever it likes: while it sends, as it ends, before it begins. */
@Timeout(120)
class DestroyTest {

    private static final int ROUNDS = 300;

    private Outbound outbound;

    @BeforeEach
    void open() throws Exception {
        outbound = new Outbound();
        outbound.factory();
    }

    @AfterEach
    void close() throws Exception {
        outbound.close();
    }

    @Test
    void noSocketIsLeftOpenWhicheverComesFirst() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            SmtpManagedConnection connection =
                    (SmtpManagedConnection) outbound.managedFactory.createManagedConnection(null, null);
            SmtpConnection handle = (SmtpConnection) connection.getConnection(null, null);
            CyclicBarrier together = new CyclicBarrier(2);
            int spin = i * 7_919 % 200_000;
            CompletableFuture<Void> destroying = CompletableFuture.runAsync(() -> {
                await(together);
                for (int turn = 0; turn < spin; turn++) {
                    Thread.onSpinWait();
                }
                connection.destroy();
            });
            await(together);
            try {
                handle.send(Outbound.envelope("to@example.org"), Outbound.content("x"));
            } catch (SmtpException e) {
                // It came second.
            }
            destroying.get(30, TimeUnit.SECONDS);
            assertThat(connection.isReusable()).isFalse();
        }
        Eventually.isTrue(() -> outbound.peer.open() == 0);
    }

    @Test
    void aConnectionThatIsDestroyedSendsNoMore() throws Exception {
        SmtpManagedConnection connection =
                (SmtpManagedConnection) outbound.managedFactory.createManagedConnection(null, null);
        SmtpConnection handle = (SmtpConnection) connection.getConnection(null, null);
        handle.send(Outbound.envelope("to@example.org"), Outbound.content("x"));
        connection.destroy();
        assertThatThrownBy(() -> handle.send(Outbound.envelope("to@example.org"), Outbound.content("y")))
                .isInstanceOf(SmtpException.class).hasMessageContaining("taken back");
        Eventually.isTrue(() -> outbound.peer.open() == 0);
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
