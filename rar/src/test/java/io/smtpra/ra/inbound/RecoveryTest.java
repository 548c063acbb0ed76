package io.smtpra.ra.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    void idsDiffer() {
        assertThat(DeliveryXid.create()).isNotEqualTo(DeliveryXid.create());
        assertThat(DeliveryXid.create().getGlobalTransactionId()).hasSizeLessThanOrEqualTo(Xid.MAXGTRIDSIZE);
    }
}
