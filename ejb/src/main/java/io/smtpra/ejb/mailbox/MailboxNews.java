package io.smtpra.ejb.mailbox;

import io.smtpra.ejb.log.MailboxMessages;
import io.smtpra.ejb.store.AddressPattern;
import io.smtpra.ejb.store.MailAccess;
import io.smtpra.ejb.store.MailQueries;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens in the mailbox to those who listen: what happens on this node at once after the commit, and mail
 * that arrives on another node of the same database within seconds.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class MailboxNews {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxNews.class);
    private static final int POLL_SECONDS = 3;
    /** Longer than a delivery takes from the end of its content to its commit, and clocks of nodes differ. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);
    private static final int MOST_AT_ONCE = 200;
    private static final int REMEMBERED = 5000;
    private static final MailAccess ALL = new MailAccess("", true, List.of(AddressPattern.ANY));

    @Resource
    private TransactionSynchronizationRegistry transaction;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @EJB
    private MailboxLifecycle lifecycle;

    private final Set<Consumer<MailboxChange>> listeners = ConcurrentHashMap.newKeySet();
    private final Set<String> told = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));
    private ScheduledFuture<?> polling;
    private Instant listeningSince = Instant.now();

    @PostConstruct
    void start() {
        polling = scheduler.scheduleWithFixedDelay(this::poll, POLL_SECONDS, POLL_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        polling.cancel(false);
    }

    /**
     * Tells of a change when the caller's transaction has committed.
     *
     * @param change the change
     */
    public void publish(MailboxChange change) {
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing to do
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    tell(change);
                }
            }
        });
    }

    /**
     * Begins to listen.
     *
     * @param listener is called by the thread that made the change: it must not wait for anything
     */
    public void listen(Consumer<MailboxChange> listener) {
        if (listeners.isEmpty()) {
            listeningSince = Instant.now();
        }
        listeners.add(listener);
    }

    /**
     * Ends listening.
     *
     * @param listener that listened
     */
    public void leave(Consumer<MailboxChange> listener) {
        listeners.remove(listener);
    }

    private void tell(MailboxChange change) {
        if (change.kind() == MailboxChange.Kind.ARRIVED && !told.add(change.id())) {
            return;
        }
        for (Consumer<MailboxChange> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                MailboxMessages.LOG.listenerFailed(e.toString());
                listeners.remove(listener);
            }
        }
    }

    private void poll() {
        if (listeners.isEmpty()) {
            return;
        }
        Instant since = Instant.now().minus(OVERLAP);
        try (Connection connection = lifecycle.dataSource().getConnection()) {
            new MailQueries(connection, ALL).since(since.isBefore(listeningSince) ? listeningSince : since,
                    MOST_AT_ONCE)
                    .forEach(mail -> tell(MailboxChange.arrived(mail.id())));
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The mailbox could not be asked for mail of other nodes", e);
        }
    }
}
