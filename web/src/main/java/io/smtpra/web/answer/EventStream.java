package io.smtpra.web.answer;

import io.smtpra.ejb.mailbox.MailStore;
import io.smtpra.ejb.mailbox.MailboxChange;
import io.smtpra.ejb.store.MailAccess;
import io.smtpra.web.log.PageMessages;
import jakarta.json.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser that is told of changes. Whoever makes a change never waits for it: events lie in a queue that a thread
 * of the server's empties; a browser that does not keep up is closed, and begins anew with what the list says then.
 */
public final class EventStream implements Consumer<MailboxChange> {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final int MOST_WAITING = 500;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final MailAccess access;
    private final SseEventSink sink;
    private final Sse sse;
    private final MailStore store;
    private final Executor executor;
    private final Consumer<EventStream> atEnd;
    private final Instant end = Instant.now().plus(LONGEST);
    private final Queue<Optional<MailboxChange>> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean closed;

    public EventStream(MailAccess access, SseEventSink sink, Sse sse, MailStore store, Executor executor,
            Consumer<EventStream> atEnd) {
        this.access = access;
        this.sink = sink;
        this.sse = sse;
        this.store = store;
        this.executor = executor;
        this.atEnd = atEnd;
    }

    public boolean isOf(String user) {
        return access.user().equals(user);
    }

    @Override
    public void accept(MailboxChange change) {
        add(Optional.of(change));
    }

    /** Shows that it is alive; ends it when its time has come. */
    public void beat() {
        if (Instant.now().isAfter(end)) {
            close();
        } else {
            add(Optional.empty());
        }
    }

    public void closeIfGone() {
        if (sink.isClosed()) {
            close();
        }
    }

    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
        }
        atEnd.accept(this);
        try {
            sink.close();
        } catch (RuntimeException e) {
            LOG.debug("The browser has gone", e);
        }
    }

    private void add(Optional<MailboxChange> event) {
        boolean full = false;
        synchronized (this) {
            if (closed) {
                return;
            }
            full = waiting.size() >= MOST_WAITING;
            if (!full) {
                waiting.add(event);
                if (running) {
                    return;
                }
                running = true;
            }
        }
        if (full) {
            close();
            return;
        }
        try {
            executor.execute(this::send);
        } catch (RejectedExecutionException e) {
            // thrown on, it would end the beat of all streams
            LOG.debug("The server has no thread to tell a browser of a change", e);
            close();
        }
    }

    private void send() {
        try {
            for (Optional<Optional<MailboxChange>> next = next(); next.isPresent(); next = next()) {
                Optional<OutboundSseEvent> event = next.get().isEmpty()
                        ? Optional.of(sse.newEventBuilder().comment("beat").build())
                        : event(next.get().get());
                if (event.isPresent()) {
                    sink.send(event.get()).toCompletableFuture().join();
                }
            }
        } catch (CompletionException | IllegalStateException e) {
            LOG.debug("The browser has gone", e);
            close();
        } catch (RuntimeException e) {
            PageMessages.LOG.browserNotTold(e.toString());
            close();
        }
    }

    private synchronized Optional<Optional<MailboxChange>> next() {
        Optional<MailboxChange> next = closed ? null : waiting.poll();
        running = next != null;
        return Optional.ofNullable(next);
    }

    private Optional<OutboundSseEvent> event(MailboxChange change) {
        return switch (change.kind()) {
            case ARRIVED -> store.find(access, change.id())
                    .map(mail -> event("mail", MailJson.entry(mail).build().toString()));
            // of a mail that others have, nothing but an id that says nothing
            case CHANGED -> Optional.of(event("changed", Json.createObjectBuilder().add("id",
                    change.id()).build().toString()));
            case REMOVED -> Optional.of(event("removed", Json.createObjectBuilder().add("id",
                    change.id()).build().toString()));
        };
    }

    private OutboundSseEvent event(String name, String json) {
        return sse.newEventBuilder().name(name).mediaType(MediaType.TEXT_PLAIN_TYPE).data(String.class, json).build();
    }
}
