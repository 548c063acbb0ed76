package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.MailContent;
import io.smtpra.SendReceipt;
import io.smtpra.SendReceipt.State;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.LocalTransactionException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendingAtCommitTest {

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

    /** The two ways in which a transaction manager commits. */
    enum Commit {
        ONE_PHASE, PREPARE;

        void run(TestPool pool) throws Exception {
            if (this == ONE_PHASE) {
                pool.commitOnePhase();
            } else {
                pool.prepare();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void mailsAreSentAtCommitInOrderAndInOneSession(Commit commit) throws Exception {
        outbound.pool.begin(1);
        SendReceipt first = send("one");
        SendReceipt second = send("two");

        assertThat(first.state()).isEqualTo(State.PENDING);
        assertThat(first.reply()).isEmpty();
        assertThat(outbound.peer.commands()).noneMatch(command -> command.startsWith("MAIL"));
        assertThat(outbound.held()).isPositive();

        commit.run(outbound.pool);

        assertThat(first.state()).isEqualTo(State.SENT);
        assertThat(first.queueId()).contains("4C1F2A1");
        assertThat(second.queueId()).contains("4C1F2A2");
        assertThat(outbound.peer.connections()).isEqualTo(1);
    }

    @Test
    void aRollbackSendsNothing() throws Exception {
        outbound.pool.begin(1);
        SendReceipt receipt = send("one");
        outbound.pool.rollback();

        assertThat(receipt.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(outbound.peer.mails()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalRollsTheTransactionBack(Commit commit) throws Exception {
        outbound.peer.answer("content:bad", "554 5.7.1 no");
        outbound.pool.begin(1);
        SendReceipt receipt = send("bad");

        XAException thrown = catchThrowableOfType(XAException.class, () -> commit.run(outbound.pool));

        assertThat(thrown.errorCode).isEqualTo(XAException.XA_RBROLLBACK);
        assertThat(thrown).hasCauseInstanceOf(SmtpException.class).hasMessageContaining("554");
        assertThat(receipt.state()).isEqualTo(State.FAILED);
        assertThat(receipt.reply().orElseThrow().code()).isEqualTo(554);
    }

    @Test
    void ofThreeMailsWhoseSecondIsRefusedTheFirstIsOutAndTheThirdIsNotSent() throws Exception {
        outbound.peer.answer("content:bad", "554 5.7.1 no");
        outbound.pool.begin(1);
        SendReceipt first = send("one");
        SendReceipt second = send("bad");
        SendReceipt third = send("three");

        assertThatThrownBy(outbound.pool::prepare).isInstanceOf(XAException.class);

        assertThat(first.state()).isEqualTo(State.SENT);
        assertThat(second.state()).isEqualTo(State.FAILED);
        assertThat(third.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(outbound.peer.mails()).hasSize(1);
    }

    @Test
    void aPeerThatLeftBeforeTheCommitIsConnectedAnew() throws Exception {
        learn();
        outbound.pool.begin(1);
        SendReceipt receipt = send("one");
        outbound.peer.hangUp();
        outbound.pool.prepare();

        assertThat(receipt.state()).isEqualTo(State.SENT);
        assertThat(outbound.peer.connections()).isEqualTo(2);
    }

    @Test
    void aPeerThatIsGoneAtTheCommitRollsTheTransactionBack() throws Exception {
        outbound.pool.begin(1);
        SendReceipt receipt = send("one");
        outbound.peer.close();

        assertThatThrownBy(outbound.pool::prepare).isInstanceOf(XAException.class);

        assertThat(receipt.state()).isEqualTo(State.FAILED);
        // The server would mark a transaction for rollback upon the event; the branch has told it already.
        assertThat(outbound.pool.errors()).isEmpty();
    }

    @Test
    void whatTheNextHopCannotTakeIsRefusedBeforeTheCommit() throws Exception {
        outbound.peer.ehlo("250-peer.example.com\r\n250 SIZE 400");
        learn();
        outbound.pool.begin(1);

        assertThatThrownBy(() -> send("far too long ".repeat(40)))
                .isInstanceOf(SmtpException.class)
                .satisfies(e -> assertThat(((SmtpException) e).phase()).isEqualTo(SmtpException.Phase.PREPARE));
        assertThat(outbound.held()).isZero();
        outbound.pool.prepare();
    }

    @Test
    void aMessageMayBeChangedAfterTheCall() throws Exception {
        outbound.pool.begin(1);
        MimeMessage message = Outbound.message("before");
        try (SmtpConnection connection = factory.getConnection()) {
            connection.send(message);
        }
        message.setSubject("after");
        message.setText("after");
        outbound.pool.commitOnePhase();

        assertThat(outbound.peer.mails()).singleElement().satisfies(
                mail -> assertThat(mail.content()).contains("before").doesNotContain("after"));
    }

    @Test
    void theServerMaySayThatMailGoesOutAtOnce() throws Exception {
        outbound.managedFactory.setSendAt("now");
        factory = outbound.factory();
        outbound.pool.begin(1);
        SendReceipt receipt = send("one");
        assertThat(receipt.state()).isEqualTo(State.SENT);
        outbound.pool.rollback();
        assertThat(outbound.peer.mails()).hasSize(1);
    }

    @Test
    void aMailSentAtOnceThatFailsLeavesTheTransactionAlone() throws Exception {
        outbound.managedFactory.setSendAt("now");
        factory = outbound.factory();
        outbound.pool.begin(1);
        outbound.peer.hangUpOn(".");

        assertThatThrownBy(() -> send("one")).isInstanceOf(SmtpException.class);
        assertThat(outbound.pool.errors()).isEmpty();

        assertThat(send("two").state()).isEqualTo(State.SENT);
        outbound.pool.commitOnePhase();
    }

    @Test
    void aContentWhoseLengthIsTooMuchIsNotTakenAtAll() throws Exception {
        learn();
        outbound.pool.begin(1);
        AtomicInteger opened = new AtomicInteger();
        MailContent content = new MailContent() {
            @Override
            public InputStream open() {
                opened.incrementAndGet();
                return InputStream.nullInputStream();
            }

            @Override
            public OptionalLong length() {
                return OptionalLong.of(1_000_001);
            }
        };
        try (SmtpConnection connection = factory.getConnection()) {
            assertThatThrownBy(() -> connection.send(Outbound.envelope("to@example.org"), content))
                    .isInstanceOf(SmtpException.class);
        }
        assertThat(opened).hasValue(0);
        outbound.pool.rollback();
    }

    @Test
    void aConnectionIsFreeForTheNextTransaction() throws Exception {
        for (int i = 1; i <= 3; i++) {
            outbound.pool.begin(i);
            send("mail " + i);
            outbound.pool.commitOnePhase();
        }
        assertThat(outbound.peer.mails()).hasSize(3);
        assertThat(outbound.pool.created()).isEqualTo(1);
    }

    @Test
    void aSuspendedTransactionKeepsItsMails() throws Exception {
        Xid first = outbound.pool.begin(1);
        SendReceipt inFirst = send("one");
        XAResource resource = outbound.resource();
        Xid second = new TestTransactions.TestXid(2);

        resource.end(first, XAResource.TMSUSPEND);
        resource.start(second, XAResource.TMNOFLAGS);
        SendReceipt inSecond = send("two");
        resource.end(second, XAResource.TMSUCCESS);
        resource.commit(second, true);
        assertThat(inSecond.state()).isEqualTo(State.SENT);
        assertThat(inFirst.state()).isEqualTo(State.PENDING);

        resource.start(new TestTransactions.TestXid(1), XAResource.TMRESUME);
        SendReceipt alsoInFirst = send("three");
        outbound.pool.rollback();
        assertThat(inFirst.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(alsoInFirst.state()).isEqualTo(State.ROLLED_BACK);
    }

    @Test
    void aBranchThatFailedIsNotCommitted() throws Exception {
        Xid xid = outbound.pool.begin(1);
        SendReceipt receipt = send("one");
        XAResource resource = outbound.resource();
        resource.end(xid, XAResource.TMFAIL);

        assertThat(errorOf(() -> resource.prepare(xid))).isEqualTo(XAException.XA_RBROLLBACK);
        assertThat(receipt.state()).isEqualTo(State.ROLLED_BACK);
    }

    @Test
    void theXaProtocolIsKept() throws Exception {
        Xid xid = outbound.pool.begin(1);
        Xid other = new TestTransactions.TestXid(2);
        send("one");
        XAResource resource = outbound.resource();

        assertThat(errorOf(() -> resource.start(other, XAResource.TMNOFLAGS))).isEqualTo(XAException.XAER_PROTO);
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(errorOf(() -> resource.start(xid, XAResource.TMNOFLAGS))).isEqualTo(XAException.XAER_DUPID);
        assertThat(errorOf(() -> resource.start(other, XAResource.TMRESUME))).isEqualTo(XAException.XAER_NOTA);
        assertThat(errorOf(() -> resource.start(other, XAResource.TMFAIL))).isEqualTo(XAException.XAER_INVAL);
        assertThat(errorOf(() -> resource.end(other, XAResource.TMSUCCESS))).isEqualTo(XAException.XAER_NOTA);
        assertThat(errorOf(() -> resource.prepare(other))).isEqualTo(XAException.XAER_NOTA);
        assertThat(errorOf(() -> resource.commit(xid, false))).isEqualTo(XAException.XAER_NOTA);
        resource.start(xid, XAResource.TMJOIN);
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);
        assertThat(errorOf(() -> resource.rollback(xid))).isEqualTo(XAException.XAER_NOTA);

        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertThat(resource.isSameRM(resource)).isTrue();
        assertThat(resource.setTransactionTimeout(10)).isTrue();
        assertThat(resource.getTransactionTimeout()).isEqualTo(10);
    }

    @Test
    void aServerMayUseALocalTransactionInstead() throws Exception {
        SmtpManagedConnection connection =
                (SmtpManagedConnection) outbound.managedFactory.createManagedConnection(null, null);
        SmtpConnection handle = (SmtpConnection) connection.getConnection(null, null);
        LocalTransaction transaction = connection.getLocalTransaction();

        transaction.begin();
        SendReceipt rolledBack = handle.send(Outbound.message("one"));
        transaction.rollback();
        assertThat(rolledBack.state()).isEqualTo(State.ROLLED_BACK);

        transaction.begin();
        SendReceipt sent = handle.send(Outbound.message("two"));
        assertThat(sent.state()).isEqualTo(State.PENDING);
        transaction.commit();
        assertThat(sent.state()).isEqualTo(State.SENT);

        outbound.peer.answer("content:bad", "554 5.7.1 no");
        transaction.begin();
        handle.send(Outbound.message("bad"));
        assertThatThrownBy(transaction::commit)
                .isInstanceOf(LocalTransactionException.class)
                .hasCauseInstanceOf(SmtpException.class);
        connection.destroy();
    }

    /** What the next hop takes is known from the last session with it. */
    private void learn() throws Exception {
        send("x");
    }

    private SendReceipt send(String text) throws Exception {
        try (SmtpConnection connection = factory.getConnection()) {
            return connection.send(Outbound.message(text));
        }
    }

    private static int errorOf(ThrowingCallable call) {
        return catchThrowableOfType(XAException.class, call).errorCode;
    }
}
