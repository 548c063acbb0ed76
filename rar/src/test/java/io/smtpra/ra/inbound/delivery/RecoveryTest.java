package io.smtpra.ra.inbound.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private final FakeTransactions transactions = new FakeTransactions();

    /** A transaction id of any origin. */
    private record AnyXid(int getFormatId, byte[] getGlobalTransactionId, byte[] getBranchQualifier) implements Xid {}

    @Test
    void whatAnEarlierProcessLeftIsRolledBackAndNothingElse() {
        Xid live = DeliveryXid.create();
        byte[] id = DeliveryXid.create().getGlobalTransactionId();
        id[0]++;
        Xid leftOver = new AnyXid(DeliveryXid.FORMAT_ID, id, new byte[] {1});
        Xid foreign = new AnyXid(131_077, id, new byte[] {1});
        Xid odd = new AnyXid(DeliveryXid.FORMAT_ID, new byte[] {1}, new byte[] {1});
        transactions.inDoubt.addAll(List.of(live, leftOver, foreign, odd));

        new Recovery(transactions).rollBackLeftOvers();

        assertThat(transactions.inDoubt).containsExactly(live, foreign, odd);
    }

    @Test
    void aScanThatFailsIsEndedSoThatTheNextOneWorks() {
        byte[] id = DeliveryXid.create().getGlobalTransactionId();
        id[0]++;
        transactions.inDoubt.add(new AnyXid(DeliveryXid.FORMAT_ID, id, new byte[] {1}));
        transactions.fault = FakeTransactions.Fault.CANNOT_RECOVER;
        new Recovery(transactions).rollBackLeftOvers();
        transactions.fault = FakeTransactions.Fault.NONE;

        new Recovery(transactions).rollBackLeftOvers();

        assertThat(transactions.inDoubt).isEmpty();
    }

    @Test
    void theScanOfAnotherAdapterIsLeftAlone() throws XAException {
        transactions.recover(XAResource.TMSTARTRSCAN);

        new Recovery(transactions).rollBackLeftOvers();

        transactions.recover(XAResource.TMENDRSCAN);
    }

    @Test
    void idsDiffer() {
        assertThat(DeliveryXid.create()).isNotEqualTo(DeliveryXid.create());
        assertThat(DeliveryXid.create().getGlobalTransactionId()).hasSizeLessThanOrEqualTo(Xid.MAXGTRIDSIZE);
    }
}
