package io.smtpra.queue.bean;

import io.smtpra.queue.sending.Transactions;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A transaction of the queue's own, whatever the caller has.
 *
 * <p>No enterprise bean: a call of one waits until its application has started, and where that fails, for ever, and the
 * application's end with it.
 */
@ApplicationScoped
public class NewTransaction {

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    /**
     * What came of the work: a value or an exception. Exceptions do not leave the bean, for the container would wrap
     * them; here they are answers.
     *
     * @param value of the work
     * @param failure why it was rolled back
     * @param <T> of the value
     */
    public record Ended<T>(T value, Exception failure) {
    }

    /**
     * Does something in a new transaction.
     *
     * @param dataSource on which
     * @param work what
     * @param <T> of its result
     * @return its result, committed when this method has returned; or why it was rolled back
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public <T> Ended<T> run(DataSource dataSource, Transactions.Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return new Ended<>(work.on(connection), null);
        } catch (SQLException | RuntimeException e) {
            transaction.setRollbackOnly();
            return new Ended<>(null, e);
        }
    }

    /** The transactions of one datasource. */
    static Transactions on(NewTransaction bean, DataSource dataSource) {
        return new Transactions() {
            @Override
            public <T> T inNew(Work<T> work) throws SQLException {
                Ended<T> ended;
                try {
                    ended = bean.run(dataSource, work);
                } catch (Exception e) {
                    throw new SQLException("The transaction was not committed", e);
                }
                if (ended.failure() instanceof SQLException e) {
                    throw e;
                }
                if (ended.failure() instanceof RuntimeException e) {
                    throw e;
                }
                return ended.value();
            }
        };
    }
}
