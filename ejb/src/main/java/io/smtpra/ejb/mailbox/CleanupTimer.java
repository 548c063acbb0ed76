package io.smtpra.ejb.mailbox;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Has the mailbox cleaned up again and again, as long as its application runs. */
@Singleton
@Startup
@DependsOn("MailboxLifecycle")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CleanupTimer {

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @EJB
    private MailboxLifecycle lifecycle;

    @EJB
    private MailCleanup cleanup;

    private ScheduledFuture<?> cleaning;

    @PostConstruct
    void start() {
        MailboxSettings settings = lifecycle.settings();
        long millis = settings.retentionInterval().toMillis();
        cleaning = scheduler.scheduleWithFixedDelay(() -> cleanup.run(settings), millis, millis, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        if (cleaning != null) {
            cleaning.cancel(false);
        }
    }
}
