package io.smtpra.ra.inbound.delivery;

import static io.smtpra.ra.inbound.delivery.Deliveries.LONG;
import static io.smtpra.ra.inbound.delivery.Deliveries.config;
import static io.smtpra.ra.inbound.delivery.Deliveries.spec;
import static io.smtpra.ra.inbound.delivery.Deliveries.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.MailListener;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.delivery.FakeTransactions.Fault;
import io.smtpra.ra.inbound.work.ServerContracts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that are left open are ended as was decided, however long it takes, over stop and start. */
class RecoveryTest {

    private final FakeTransactions transactions = new FakeTransactions();
    private final FakeWorkManager workManager = new FakeWorkManager(transactions);
    private InboundDelivery delivery;

    @TempDir
    private Path data;

    /** A transaction id of any origin. */
    private record AnyXid(int getFormatId, byte[] getGlobalTransactionId, byte[] getBranchQualifier) implements Xid {}

    @BeforeEach
    void start() {
        delivery = new InboundDelivery(
                new ServerContracts(workManager, transactions, transactions, Optional.of(data)),
                config(10, 10, LONG, LONG, LONG), Deliveries.routing(Duration.ZERO), Deliveries.PARSER);
        delivery.recover();
    }

    @AfterEach
    void stop() {
        delivery.stop(Duration.ofSeconds(5));
    }

    @AfterEach
    void endThreads() {
        workManager.close();
    }

    @Test
    void whatAnEarlierProcessLeftIsRolledBackAndWhatIsNotOursIsNot() {
        Xid leftOver = ofEarlierProcess(1);
        Xid foreign = new AnyXid(131_077, leftOver.getGlobalTransactionId(), new byte[] {1});
        Xid odd = new AnyXid(DeliveryXid.FORMAT_ID, new byte[] {1}, new byte[] {1});
        Xid underWay = DeliveryXid.create();
        transactions.inDoubt.addAll(List.of(foreign, odd, underWay, leftOver));

        restart();

        assertThat(transactions.inDoubt).containsExactly(foreign, odd, underWay);
    }

    @Test
    void whatCannotBeRolledBackIsTriedUntilItCan() throws Exception {
        transactions.fault = Fault.CANNOT_ROLL_BACK;
        transactions.inDoubt.add(ofEarlierProcess(1));
        restart();
        twoBeans(mail -> {
            throw new IllegalStateException("broken");
        });
        submit(delivery, "a@one.example.com", "b@two.example.com").get(10, TimeUnit.SECONDS);
        Eventually.isTrue(() -> transactions.log.size() > 3);
        assertThat(transactions.isOver()).isFalse();

        transactions.fault = Fault.NONE;
        Eventually.isTrue(() -> transactions.isOver() && transactions.inDoubt.isEmpty());
        Eventually.isTrue(() -> notes().isEmpty());
    }

    @Test
    void whatCouldNotBeRolledBackIsByTheNextStartOfTheSameProcess() throws Exception {
        transactions.fault = Fault.CANNOT_ROLL_BACK;
        twoBeans(mail -> {
            throw new IllegalStateException("broken");
        });
        submit(delivery, "a@one.example.com", "b@two.example.com").get(10, TimeUnit.SECONDS);
        stop();
        assertThat(transactions.isOver()).isFalse();
        transactions.fault = Fault.NONE;

        start();

        assertThat(transactions.isOver()).isTrue();
        assertThat(notes()).isEmpty();
    }

    @Test
    void whatWaitsForItsCommitIsCommittedAfterStopAndStart() throws Exception {
        transactions.fault = Fault.COMMIT_WANTS_ANOTHER_TRY;
        twoBeans(mail -> {});
        submit(delivery, "a@one.example.com", "b@two.example.com").get(10, TimeUnit.SECONDS);
        stop();
        assertThat(notes()).singleElement().asString().endsWith(".commit");
        start();
        assertThat(transactions.isOver()).isFalse();
        transactions.fault = Fault.NONE;

        restart();

        assertThat(transactions.isOver()).isTrue();
        assertThat(transactions.log).doesNotContain("rollback");
        assertThat(notes()).isEmpty();
    }

    @Test
    void whatAnEarlierProcessHadDecidedToCommitIsNotRolledBack() throws Exception {
        Xid decided = ofEarlierProcess(1);
        new PendingDecisions(Optional.of(data.resolve("smtp-ra-transactions")))
                .add(DeliveryXid.of(decided), PendingDecisions.Decision.COMMIT);
        transactions.inDoubt.addAll(List.of(decided, ofEarlierProcess(2)));

        restart();

        assertThat(transactions.log).containsExactlyInAnyOrder("commit", "rollback");
        assertThat(transactions.inDoubt).isEmpty();
        assertThat(notes()).isEmpty();
    }

    @Test
    void aScanThatFailsIsEndedAndTriedAgain() {
        transactions.inDoubt.add(ofEarlierProcess(1));
        transactions.fault = Fault.CANNOT_RECOVER;
        restart();
        assertThat(transactions.inDoubt).isNotEmpty();

        transactions.fault = Fault.NONE;
        Eventually.isTrue(transactions.inDoubt::isEmpty);
    }

    @Test
    void theScanOfAnotherAdapterIsLeftAloneAndWaitedFor() throws XAException {
        transactions.inDoubt.add(ofEarlierProcess(1));
        transactions.recover(XAResource.TMSTARTRSCAN);
        restart();
        assertThat(transactions.inDoubt).isNotEmpty();

        transactions.recover(XAResource.TMENDRSCAN);
        Eventually.isTrue(transactions.inDoubt::isEmpty);
    }

    @Test
    void idsDifferAndCanBeReadAgain() {
        DeliveryXid xid = DeliveryXid.create();
        assertThat(DeliveryXid.create()).isNotEqualTo(xid);
        assertThat(xid.getGlobalTransactionId()).hasSizeLessThanOrEqualTo(Xid.MAXGTRIDSIZE);
        assertThat(DeliveryXid.parse(xid.toString())).contains(xid);
        assertThat(DeliveryXid.parse("no id")).isEmpty();
    }

    private void restart() {
        stop();
        start();
    }

    private void twoBeans(MailListener second) throws Exception {
        delivery.activate(FakeEndpoints.transacted(transactions, mail -> {}), spec("*@one.example.com"));
        delivery.activate(FakeEndpoints.transacted(transactions, second), spec("*@two.example.com"));
    }

    private static AnyXid ofEarlierProcess(int number) {
        byte[] id = DeliveryXid.create().getGlobalTransactionId();
        id[0] += (byte) number;
        return new AnyXid(DeliveryXid.FORMAT_ID, id, new byte[] {1});
    }

    private List<String> notes() {
        Path directory = data.resolve("smtp-ra-transactions");
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toString).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
