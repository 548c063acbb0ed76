package io.smtpra.ra.inbound.delivery;

import jakarta.resource.spi.XATerminator;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rolls back imported transactions that a crash has left prepared: their senders have not heard 250, and try again. */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final XATerminator terminator;

    Recovery(XATerminator terminator) {
        this.terminator = terminator;
    }

    void rollBackLeftOvers() {
        boolean scanning = true;
        try {
            Xid[] inDoubt = terminator.recover(XAResource.TMSTARTRSCAN);
            if (inDoubt != null) {
                for (Xid xid : inDoubt) {
                    rollBack(xid);
                }
            }
        } catch (XAException e) {
            // Another adapter in this server scans just now: it rolls back what there is, and ends its scan itself.
            scanning = e.errorCode != XAException.XAER_PROTO;
            LOG.warn("smtp-ra: transactions in doubt could not be listed (XA error {})", e.errorCode, e);
        } finally {
            if (scanning) {
                endScan();
            }
        }
    }

    /** A scan that is left open keeps the server from another one until it starts anew. */
    private void endScan() {
        try {
            terminator.recover(XAResource.TMENDRSCAN);
        } catch (XAException e) {
            LOG.debug("A scan for transactions in doubt could not be ended (XA error {})", e.errorCode, e);
        }
    }

    private void rollBack(Xid xid) {
        if (!DeliveryXid.isLeftOver(xid)) {
            return;
        }
        try {
            terminator.rollback(xid);
            LOG.info("smtp-ra: rolled back transaction {}, which a crash had left in doubt", DeliveryXid.text(xid));
        } catch (XAException e) {
            LOG.warn("smtp-ra: transaction {}, which a crash had left in doubt, could not be rolled back (XA error {})",
                    DeliveryXid.text(xid), e.errorCode, e);
        }
    }
}
