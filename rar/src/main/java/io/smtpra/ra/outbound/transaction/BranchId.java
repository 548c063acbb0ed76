package io.smtpra.ra.outbound.transaction;

import java.util.Arrays;
import javax.transaction.xa.Xid;

/** The name of a transaction branch, equal to another with the same octets whatever class the server's is of. */
final class BranchId {

    private final int formatId;
    private final byte[] globalId;
    private final byte[] qualifier;

    BranchId(Xid xid) {
        formatId = xid.getFormatId();
        globalId = xid.getGlobalTransactionId().clone();
        qualifier = xid.getBranchQualifier().clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BranchId that
                && formatId == that.formatId
                && Arrays.equals(globalId, that.globalId)
                && Arrays.equals(qualifier, that.qualifier);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * formatId + Arrays.hashCode(globalId)) + Arrays.hashCode(qualifier);
    }
}
