package io.smtpra.mailer;

import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What the server has under the names that Jakarta EE gives. */
final class ServerObjects {

    private static final String EXECUTOR = "java:comp/DefaultManagedExecutorService";
    private static final String TRANSACTIONS = "java:comp/TransactionSynchronizationRegistry";

    private ServerObjects() {}

    static SmtpConnectionFactory factory(String jndiName) throws SmtpException {
        try {
            return (SmtpConnectionFactory) new InitialContext().lookup(jndiName);
        } catch (NamingException | ClassCastException e) {
            throw new SmtpException(Phase.PREPARE, "There is no SMTP connection factory " + jndiName
                    + ": is the adapter deployed, and does its configuration name one so?", false, e);
        }
    }

    /**
     * The managed executor that each component has.
     *
     * @throws RejectedExecutionException if there is none
     */
    static Executor executor() {
        try {
            return (Executor) new InitialContext().lookup(EXECUTOR);
        } catch (NamingException e) {
            throw new RejectedExecutionException(
                    "There is no " + EXECUTOR + " here: give the mailer an executor, by withExecutor", e);
        }
    }

    /** Whether the caller is in a transaction; not where nobody knows of transactions. */
    static boolean isInTransaction() {
        try {
            return ((TransactionSynchronizationRegistry) new InitialContext().lookup(TRANSACTIONS))
                    .getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
        } catch (NamingException e) {
            return false;
        }
    }
}
