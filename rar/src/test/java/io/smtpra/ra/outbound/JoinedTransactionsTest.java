package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.SendReceipt;
import io.smtpra.SendReceipt.State;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import jakarta.transaction.RollbackException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Mail in transactions that can be joined: it waits without a connection, which is taken when the transaction commits.
 */
@Timeout(120)
class JoinedTransactionsTest {

    private static final int CONNECTIONS = 5;

    private Outbound outbound;
    private TestTransactions transactions;

    @BeforeEach
    void open() throws Exception {
        outbound = Outbound.joining(CONNECTIONS);
        transactions = outbound.pool.transactions();
    }

    @AfterEach
    void close() throws Exception {
        assertThat(outbound.held()).as("held octets and files").isZero();
        outbound.close();
    }

    @Test
    void mailWaitsWithoutAConnection() throws Exception {
        SmtpConnectionFactory factory = outbound.factory();
        transactions.begin();
        SendReceipt one = send(factory, "one");
        SendReceipt two = send(factory, "two");

        assertThat(one.state()).isEqualTo(State.PENDING);
        assertThat(outbound.peer.connections()).isZero();
        assertThat(outbound.pool.idle()).isEqualTo(outbound.pool.created());

        transactions.commit();
        assertThat(one.state()).isEqualTo(State.SENT);
        assertThat(two.queueId()).contains("4C1F2A2");
        assertThat(outbound.peer.connections()).isEqualTo(1);
        assertThat(outbound.pool.idle()).isEqualTo(1);
    }

    @Test
    void aNextHopThatIsNotThereMattersAtCommitOnly() throws Exception {
        outbound.peer.close();
        SmtpConnectionFactory factory = outbound.factory();
        transactions.begin();
        SendReceipt receipt = send(factory, "one");
        assertThatThrownBy(transactions::commit).hasRootCauseInstanceOf(java.net.ConnectException.class);
        assertThat(receipt.state()).isEqualTo(State.FAILED);
        assertThat(receipt.failure().orElseThrow().phase()).isEqualTo(SmtpException.Phase.CONNECT);

        transactions.begin();
        SendReceipt never = send(factory, "two");
        transactions.rollback();
        assertThat(never.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(never.failure()).isEmpty();
    }

    @Test
    void manyTransactionsAtOnceShareFewConnections() throws Exception {
        int many = 200;
        SmtpConnectionFactory factory = outbound.factory();
        CountDownLatch allHold = new CountDownLatch(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Future<State>> results = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String subject = "mail " + i;
                results.add(threads.submit(() -> {
                    transactions.begin();
                    try (SmtpConnection connection = factory.getConnection()) {
                        SendReceipt receipt =
                                connection.send(Outbound.envelope("to@example.org"), Outbound.content(subject));
                        allHold.countDown();
                        // No transaction ends before each has its mail: each with a connection, they would wait for
                        // ever.
                        assertThat(allHold.await(60, TimeUnit.SECONDS)).isTrue();
                        transactions.commit();
                        return receipt.state();
                    }
                }));
            }
            for (Future<State> result : results) {
                assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(State.SENT);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(outbound.peer.mails()).hasSize(many);
        assertThat(outbound.peer.connections()).isLessThanOrEqualTo(CONNECTIONS);
    }

    @Test
    void theWaitForAConnectionIsPartOfTheTimeThatASendingMayTake() throws Exception {
        try (Outbound one = Outbound.joining(1)) {
            one.managedFactory.setSendTimeout("300ms");
            SmtpConnectionFactory factory = one.factory();
            // with the first one it finds out how the pool enlists
            factory.getConnection().close();
            SmtpConnectionHandle holder = (SmtpConnectionHandle) one.pool.allocateConnection(
                    one.managedFactory, SmtpRequestInfo.nobody());
            one.pool.transactions().begin();
            SendReceipt receipt = send(factory, "one");

            // the pool itself would wait for 20 s, and say so
            assertThatThrownBy(one.pool.transactions()::commit).hasStackTraceContaining(
                    "No connection from the pool within 300 ms");
            assertThat(receipt.failure().orElseThrow().isRetryable()).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();

            holder.close();
            one.pool.transactions().suspend();
            one.pool.transactions().begin();
            SendReceipt next = send(factory, "two");
            one.pool.transactions().commit();
            assertThat(next.state()).isEqualTo(State.SENT);
        }
    }

    @Test
    void aConnectionThatIsKeptTakesPartInWhateverTransactionThereIs() throws Exception {
        SmtpConnection kept = outbound.factory().getConnection();
        assertThat(kept.send(Outbound.message("outside")).state()).isEqualTo(State.SENT);
        transactions.begin();
        SendReceipt first = kept.send(Outbound.message("first"));
        transactions.rollback();
        assertThat(first.state()).isEqualTo(State.ROLLED_BACK);

        transactions.begin();
        SendReceipt second = kept.send(Outbound.message("second"));
        assertThat(second.state()).isEqualTo(State.PENDING);
        transactions.commit();
        assertThat(second.state()).isEqualTo(State.SENT);
        assertThat(outbound.peer.mails()).hasSize(2);
        kept.close();
        assertThatThrownBy(() -> kept.send(Outbound.message("late"))).isInstanceOf(IllegalStateException.class);
    }

    /** REQUIRES_NEW and NOT_SUPPORTED, with the connection of the outer transaction. */
    @Test
    void whatCountsIsTheTransactionInWhichItIsSent() throws Exception {
        try (SmtpConnection connection = outbound.factory().getConnection()) {
            transactions.begin();
            SendReceipt outer = connection.send(Outbound.message("outer"));
            TestTransactions.TestTransaction suspended = transactions.suspend();

            transactions.begin();
            SendReceipt inner = connection.send(Outbound.message("inner"));
            transactions.commit();
            assertThat(inner.state()).isEqualTo(State.SENT);

            assertThat(connection.send(Outbound.message("without")).state()).isEqualTo(State.SENT);
            assertThat(outer.state()).isEqualTo(State.PENDING);

            transactions.resume(suspended);
            transactions.rollback();
            assertThat(outer.state()).isEqualTo(State.ROLLED_BACK);
        }
        assertThat(outbound.peer.mails()).hasSize(2);
    }

    @Test
    void aTransactionThatIsToBeRolledBackOrHasEndedTakesNoMail() throws Exception {
        SmtpConnectionFactory factory = outbound.factory();
        transactions.begin();
        transactions.setRollbackOnly();
        assertThatThrownBy(() -> send(factory, "one")).hasMessageContaining("is to be rolled back");
        transactions.rollback();

        transactions.begin();
        SendReceipt receipt = send(factory, "two");
        // The server's thread, while the application's is still associated.
        TestTransactions.TestTransaction mine = transactions.getTransaction();
        CompletableFuture.runAsync(mine::rollback).get(10, TimeUnit.SECONDS);
        assertThat(receipt.state()).isEqualTo(State.ROLLED_BACK);
        SmtpException thrown = catchThrowableOfType(SmtpException.class, () -> send(factory, "three"));
        assertThat(thrown).hasMessageContaining("perhaps by its time limit");
        transactions.suspend();
        assertThat(outbound.peer.mails()).isEmpty();
    }

    @Test
    void allMailsGoThroughTheEnvelopeBeforeAnyContentGoes() throws Exception {
        outbound.peer.answer("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user");
        SmtpConnectionFactory factory = outbound.factory();
        transactions.begin();
        SendReceipt first = send(factory, "one");
        SendReceipt second;
        try (SmtpConnection connection = factory.getConnection()) {
            second = connection.send(Outbound.envelope("nobody@example.org"), Outbound.content("two"));
        }
        assertThatThrownBy(transactions::commit).isInstanceOf(RollbackException.class).hasMessageContaining("550");

        assertThat(outbound.peer.mails()).isEmpty();
        assertThat(second.failure().orElseThrow().reply().orElseThrow().code()).isEqualTo(550);
        assertThat(first.state()).isEqualTo(State.ROLLED_BACK);
    }

    @Test
    void aSendingNeverLastsLongerThanItsTransactionMay() throws Exception {
        outbound.managedFactory.setCommandTimeout("1h");
        outbound.managedFactory.setSendTimeout("1h");
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            outbound.managedFactory.setPort(Integer.toString(silent.getLocalPort()));
            SmtpConnectionFactory factory = outbound.factory();
            transactions.limit(Duration.ofMillis(900));
            transactions.begin();
            SendReceipt receipt = send(factory, "one");
            assertThatThrownBy(transactions::commit).hasMessageContaining("may take in all");
            assertThat(receipt.state()).isEqualTo(State.FAILED);
        }
    }

    @Test
    void aTransactionWhoseTimeIsUpSendsNothing() throws Exception {
        SmtpConnectionFactory factory = outbound.factory();
        transactions.limit(Duration.ZERO);
        transactions.begin();
        SendReceipt receipt = send(factory, "one");
        assertThatThrownBy(transactions::commit).hasMessageContaining("time limit is reached");
        assertThat(receipt.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(outbound.peer.connections()).isZero();
    }

    @Test
    void aContentThatIsNeverAnsweredIsUnknown() throws Exception {
        SmtpConnectionFactory factory = outbound.factory();
        outbound.peer.hangUpOn(".");
        transactions.begin();
        SendReceipt receipt = send(factory, "one");
        assertThatThrownBy(transactions::commit).isInstanceOf(RollbackException.class);
        assertThat(receipt.state()).isEqualTo(State.UNKNOWN);
        assertThat(receipt.failure().orElseThrow().phase()).isEqualTo(SmtpException.Phase.END_OF_DATA);
        // The pool has thrown the connection away.
        assertThat(outbound.pool.errors()).hasSize(1);
    }

    @Test
    void aReceiptCanBeWaitedFor() throws Exception {
        SmtpConnectionFactory factory = outbound.factory();
        AtomicReference<State> told = new AtomicReference<>();
        transactions.begin();
        send(factory, "one").completion().thenAccept(receipt -> told.set(receipt.state()));
        assertThat(told).hasValue(null);
        transactions.commit();
        assertThat(told).hasValue(State.SENT);

        transactions.begin();
        send(factory, "two").completion().thenAccept(receipt -> told.set(receipt.state()));
        transactions.rollback();
        assertThat(told).hasValue(State.ROLLED_BACK);

        send(factory, "three").completion().thenAccept(receipt -> told.set(receipt.state()));
        assertThat(told).hasValue(State.SENT);
    }

    /** What the transaction manager writes into the log is one line for each time it does so. */
    @Test
    void aRefusalCarriesNoStack() throws Exception {
        outbound.peer.answer("RCPT", "550 5.1.1 no such user");
        SmtpConnectionFactory factory = outbound.factory();
        transactions.begin();
        send(factory, "one");
        RollbackException thrown = catchThrowableOfType(RollbackException.class, transactions::commit);
        Throwable refusal = thrown.getCause();
        assertThat(refusal).isInstanceOf(javax.transaction.xa.XAException.class).hasMessageContaining("550 5.1.1");
        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(refusal.getCause()).isInstanceOf(SmtpException.class);
        assertThat(refusal.getCause().getStackTrace()).isEmpty();
    }

    @Test
    void aPoolThatEnlistsNothingSendsNothingIntoALiveTransaction() throws Exception {
        outbound.pool.enlistsNothing();
        SmtpConnectionFactory factory = outbound.factory();
        transactions.begin();
        assertThatThrownBy(() -> send(factory, "one")).isInstanceOf(SmtpException.class)
                .hasMessageContaining("has not enlisted this connection").hasMessageContaining("sendAt=now");
        transactions.rollback();
        assertThat(send(factory, "two").state()).isEqualTo(State.SENT);
        assertThat(outbound.peer.mails()).hasSize(1);
    }

    @Test
    void mailThatGoesAtOnceTakesNoConnectionForTheWholeTransaction() throws Exception {
        outbound.managedFactory.setSendAt("now");
        SmtpConnectionFactory factory = outbound.factory();
        transactions.begin();
        assertThat(send(factory, "one").state()).isEqualTo(State.SENT);
        assertThat(outbound.pool.idle()).isEqualTo(1);
        transactions.rollback();
    }

    @Test
    void eachUserHasItsOwnPartOfATransaction() throws Exception {
        outbound.peer.ehlo("250-peer.example.com\r\n250 AUTH PLAIN");
        outbound.peer.answer("AUTH", "235 2.7.0 welcome");
        outbound.managedFactory.setAuthMechanisms("PLAIN");
        outbound.managedFactory.setPlainTextAuthentication("true");
        SmtpConnectionFactory factory = outbound.factory();
        transactions.begin();
        for (String user : List.of("one", "two")) {
            try (SmtpConnection connection = factory.getConnection(user, "secret")) {
                connection.send(Outbound.message(user));
            }
        }
        transactions.commit();
        assertThat(outbound.peer.mails()).extracting(SmtpPeer.Received::connection).containsExactly(1, 2);
        assertThat(outbound.peer.commands()).filteredOn(command -> command.startsWith("AUTH PLAIN")).hasSize(2);
    }

    private static SendReceipt send(SmtpConnectionFactory factory, String text) throws Exception {
        try (SmtpConnection connection = factory.getConnection()) {
            return connection.send(Outbound.message(text));
        }
    }
}
