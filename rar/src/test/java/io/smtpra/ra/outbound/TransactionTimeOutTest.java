package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.SendReceipt;
import io.smtpra.SendReceipt.State;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ManagedConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server ends a transaction on its own account, on a thread of its own, while the application is at work. */
class TransactionTimeOutTest {

    private Outbound outbound;
    private SmtpConnectionFactory factory;

    @BeforeEach
    void open() throws Exception {
        outbound = new Outbound();
        factory = outbound.factory();
    }

    @AfterEach
    void close() throws Exception {
        assertThat(outbound.held()).as("held octets and files").isZero();
        outbound.close();
    }

    @Test
    void aTransactionThatTimesOutOnAnotherThreadTakesTheConnectionFromTheApplication() throws Exception {
        Xid xid = outbound.pool.begin(1);
        try (SmtpConnection connection = factory.getConnection()) {
            SendReceipt receipt = connection.send(Outbound.message("one"));
            XAResource resource = outbound.resource();
            onAnotherThread(() -> {
                resource.end(xid, XAResource.TMFAIL);
                resource.rollback(xid);
                return null;
            });

            assertThat(receipt.state()).isEqualTo(State.ROLLED_BACK);
            // It must not go out at once, as if there had never been a transaction.
            assertThatThrownBy(() -> connection.send(Outbound.message("two")))
                    .isInstanceOf(SmtpException.class)
                    .hasMessageContaining("its transaction ended");
        }
        assertThat(outbound.peer.mails()).isEmpty();
    }

    /** As by an application's thread that has got past its handle when the server's thread comes. */
    @Test
    void aSendingThatRacesWithATimeOutDoesNotGoOutAtOnce() throws Exception {
        Xid xid = outbound.pool.begin(1);
        SmtpConnectionHandle handle = (SmtpConnectionHandle) factory.getConnection();
        SmtpManagedConnection connection = (SmtpManagedConnection) outbound.pool.trackedConnection();
        onAnotherThread(() -> {
            connection.getXAResource().end(xid, XAResource.TMFAIL);
            return null;
        });

        assertThatThrownBy(() -> connection.transactionOf(handle, Optional.empty()))
                .isInstanceOf(SmtpException.class)
                .hasMessageContaining("its transaction ended");
        assertThat(outbound.peer.mails()).isEmpty();
    }

    /** The next one would wait for as long as the next hop lets the former one wait. */
    @Test
    void aConnectionOnWhichATimedOutApplicationStillWaitsIsNotUsedOnAndItsSendingEnds() throws Exception {
        outbound.managedFactory.setSendAt("now");
        outbound.managedFactory.setCommandTimeout("1h");
        outbound.managedFactory.setSendTimeout("1h");
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            outbound.managedFactory.setPort(Integer.toString(silent.getLocalPort()));
            factory = outbound.factory();
            Xid xid = outbound.pool.begin(1);
            SmtpConnection connection = factory.getConnection();
            ManagedConnection managed = outbound.pool.trackedConnection();
            silent.setSoTimeout(10_000);
            CompletableFuture<SendReceipt> sending = CompletableFuture.supplyAsync(() -> {
                try {
                    return connection.send(Outbound.message("one"));
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            try (Socket connected = silent.accept()) {
                managed.getXAResource().end(xid, XAResource.TMFAIL);
                managed.getXAResource().rollback(xid);
                assertThatThrownBy(managed::cleanup).isInstanceOf(ResourceException.class)
                        .hasMessageContaining("still at work");
                managed.destroy();
                assertThatThrownBy(() -> sending.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(SmtpException.class)
                        .hasMessageContaining("was ended");
            }
        }
    }

    private static void onAnotherThread(Callable<Void> call) throws Exception {
        CompletableFuture.supplyAsync(() -> {
            try {
                return call.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }).get(10, TimeUnit.SECONDS);
    }
}
