package io.smtpra.ra.outbound.transaction;

import javax.transaction.xa.XAException;

/**
 * A refusal, told to the transaction manager without a stack: transaction managers write each refusal into the server's
 * log with all that it carries, several times over, and our own line there has said it all.
 */
final class QuietXaException extends XAException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_CAUSES = 20;
    private static final StackTraceElement[] NOTHING = {};

    QuietXaException(int code, String message) {
        super(message);
        errorCode = code;
    }

    /** The same failure, without the stacks in it. */
    static Throwable hushed(Throwable failure) {
        Throwable next = failure;
        for (int i = 0; next != null && i < MAX_CAUSES; i++) {
            next.setStackTrace(NOTHING);
            for (Throwable suppressed : next.getSuppressed()) {
                suppressed.setStackTrace(NOTHING);
            }
            next = next.getCause();
        }
        return failure;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
