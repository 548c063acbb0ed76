package io.smtpra.ra.inbound.delivery;

import javax.transaction.xa.XAException;

/** What the error codes of the XA specification say about a transaction. */
final class XaErrors {

    private XaErrors() {}

    /** Some or all of its resources have decided on their own, and are to be told that this is known. */
    static boolean isHeuristic(XAException e) {
        return e.errorCode >= XAException.XA_HEURMIX && e.errorCode <= XAException.XA_HEURHAZ;
    }

    /** It has been rolled back. */
    static boolean isRolledBack(XAException e) {
        return e.errorCode >= XAException.XA_RBBASE && e.errorCode <= XAException.XA_RBEND;
    }

    /** A resource could not be reached, and is to be told later what was decided. */
    static boolean isUnreachable(XAException e) {
        return e.errorCode == XAException.XA_RETRY || e.errorCode == XAException.XAER_RMFAIL;
    }
}
