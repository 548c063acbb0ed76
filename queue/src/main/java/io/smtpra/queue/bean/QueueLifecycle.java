package io.smtpra.queue.bean;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/** Starts the queue with its application and ends it. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class QueueLifecycle {

    private static final String FILE = "META-INF/smtp-ra-queue.properties";

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Resource
    private TransactionSynchronizationRegistry transaction;

    @Resource(lookup = "java:app/AppName")
    private String application;

    @Inject
    private NewTransaction newTransaction;

    @Inject
    private Event<Object> events;

    private RunningQueue queue;

    @PostConstruct
    void start() {
        QueueSettings settings = new SettingsReader(settings()).read();
        queue = new RunningQueue(settings, newTransaction, transaction,
                settings.eventsOfServer() ? new ServerEvents() : events::fire, application, executor, scheduler);
    }

    @PreDestroy
    void stop() {
        if (queue != null) {
            queue.close();
        }
    }

    /**
     * The queue.
     *
     * @return it, started
     */
    public RunningQueue queue() {
        return queue;
    }

    /** A system property of the server first, then the application's file. */
    private static Function<Setting, Optional<String>> settings() {
        Properties file = new Properties();
        try (InputStream stream = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            if (stream != null) {
                file.load(stream);
            }
        } catch (IOException e) {
            throw new IllegalStateException("smtp-ra queue: " + FILE + " cannot be read", e);
        }
        return setting -> Optional.ofNullable(
                System.getProperty(setting.property(), file.getProperty(setting.shortName())));
    }
}
