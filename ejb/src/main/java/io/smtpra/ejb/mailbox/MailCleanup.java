package io.smtpra.ejb.mailbox;

import io.smtpra.ejb.log.MailboxMessages;
import io.smtpra.ejb.store.MailRemoval;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;

/** Removes what may go, in small transactions. */
@Stateless
public class MailCleanup {

    private static final int BATCH = 100;
    /** More than that waits for the next time: a look through all rules for each batch has its price. */
    private static final int MOST_BATCHES = 1000;

    @Resource
    private SessionContext context;

    @EJB
    private MailboxLifecycle lifecycle;

    @EJB
    private MailboxNews news;

    /**
     * Removes all that may go now. A fault is logged, and tried again the next time.
     *
     * @param settings with the rules
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void run(MailboxSettings settings) {
        MailCleanup itself = context.getBusinessObject(MailCleanup.class);
        try {
            int removed = 0;
            int batch = BATCH;
            for (int i = 0; i < MOST_BATCHES && batch > 0 && !settings.retention().isEmpty(); i++) {
                batch = itself.removeSome(settings, BATCH);
                removed += batch;
            }
            itself.forget(Instant.now().minus(settings.repeatWindow()));
            if (removed > 0) {
                MailboxMessages.LOG.mailsRemoved(removed);
            }
        } catch (RuntimeException e) {
            MailboxMessages.LOG.notCleanedUp(e.toString());
        }
    }

    /**
     * Removes some mails.
     *
     * @param settings with the rules
     * @param limit at most so many
     * @return how many there were
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int removeSome(MailboxSettings settings, int limit) {
        try (Connection connection = lifecycle.dataSource().getConnection()) {
            MailRemoval removal = new MailRemoval(connection);
            Set<String> removed = removal.expire(settings.retention(), Instant.now(), limit);
            for (String id : removed) {
                news.publish(removal.isThere(id) ? MailboxChange.changed(id) : MailboxChange.removed(id));
            }
            return removed.size();
        } catch (SQLException e) {
            throw new MailStoreException(e);
        }
    }

    /**
     * Forgets what tells mails that come again.
     *
     * @param before of before that time
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void forget(Instant before) {
        try (Connection connection = lifecycle.dataSource().getConnection()) {
            new MailRemoval(connection).forget(before);
        } catch (SQLException e) {
            throw new MailStoreException(e);
        }
    }
}
