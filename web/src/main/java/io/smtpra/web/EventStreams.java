package io.smtpra.web;

import io.smtpra.ejb.mailbox.MailStore;
import io.smtpra.ejb.mailbox.MailboxLifecycle;
import io.smtpra.ejb.mailbox.MailboxNews;
import io.smtpra.ejb.store.MailAccess;
import io.smtpra.web.answer.EventStream;
import io.smtpra.web.answer.Problem;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The browsers that are told of changes, as many as the settings allow. */
@ApplicationScoped
public class EventStreams {

    private static final int MOST_OF_A_USER = 10;
    /** Below what proxies wait for; a browser that has gone is noticed then. */
    private static final int BEAT_SECONDS = 20;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @EJB
    private MailboxNews news;

    @EJB
    private MailStore store;

    @EJB
    private MailboxLifecycle lifecycle;

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private ScheduledFuture<?> beating;

    @PostConstruct
    void start() {
        beating = scheduler.scheduleWithFixedDelay(() -> streams.forEach(EventStream::beat), BEAT_SECONDS, BEAT_SECONDS,
                TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        beating.cancel(false);
        streams.forEach(EventStream::close);
    }

    /** Begins to tell a browser; refuses one too many. */
    void open(MailAccess access, SseEventSink sink, Sse sse) {
        streams.forEach(EventStream::closeIfGone);
        long ofUser = streams.stream().filter(stream -> stream.isOf(access.user())).count();
        if (streams.size() >= lifecycle.settings().eventStreams() || ofUser >= MOST_OF_A_USER) {
            sink.close();
            throw Problem.exception(Status.SERVICE_UNAVAILABLE, "Too many browsers are told of new mail already");
        }
        EventStream stream = new EventStream(access, sink, sse, store, executor, ended -> {
            streams.remove(ended);
            news.leave(ended);
        });
        streams.add(stream);
        news.listen(stream);
        stream.beat();
    }
}
