package io.smtpra.ra.authenticity.dkim;

import io.smtpra.authenticity.VerdictResult;

/** Why a signature is not worth anything. */
final class DkimFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final VerdictResult result;

    DkimFault(VerdictResult result, String reason) {
        super(reason, null, false, false);
        this.result = result;
    }

    /** It could not be read. */
    static DkimFault unreadable(String reason) {
        return new DkimFault(VerdictResult.NEUTRAL, reason);
    }

    /** It cannot be checked, whoever tries. */
    static DkimFault permanent(String reason) {
        return new DkimFault(VerdictResult.PERMERROR, reason);
    }

    VerdictResult result() {
        return result;
    }
}
