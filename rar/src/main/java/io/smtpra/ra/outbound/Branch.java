package io.smtpra.ra.outbound;

import io.smtpra.SmtpException;
import java.util.ArrayList;
import java.util.List;

/** The mails that wait for one transaction. Ended once, on whatever thread; a mail that comes later is refused. */
final class Branch {

    private final Thread startedBy = Thread.currentThread();
    private final List<Mail> mails = new ArrayList<>();
    private boolean rollbackOnly;
    private boolean ended;

    /** Takes a mail over; if it throws, the mail is still the caller's. */
    synchronized void hold(Mail mail) throws SmtpException {
        if (ended) {
            throw new SmtpException(SmtpException.Phase.PREPARE,
                    "The transaction has ended, perhaps by its time limit: the mail was not sent", true, null);
        }
        mails.add(mail);
    }

    synchronized void setRollbackOnly() {
        rollbackOnly = true;
    }

    synchronized boolean isRollbackOnly() {
        return rollbackOnly;
    }

    /** Ends it; the mails are the caller's. */
    synchronized List<Mail> end() {
        ended = true;
        List<Mail> taken = List.copyOf(mails);
        mails.clear();
        return taken;
    }

    /** Whether another thread than the application's comes here: the server ends the transaction on its own account. */
    boolean isForeignThread() {
        return Thread.currentThread() != startedBy;
    }
}
