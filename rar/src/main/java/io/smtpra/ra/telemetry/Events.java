package io.smtpra.ra.telemetry;

import io.smtpra.event.SmtpEvent;
import io.smtpra.event.SmtpEventKind;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where events are told. Who tells one asks first whether anybody wants it: where nobody does, none is made. */
public final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private volatile EventSink[] sinks = {};

    /** Whether anybody wants events of a kind now. */
    public boolean isWanted(SmtpEventKind kind) {
        for (EventSink sink : sinks) {
            if (sink.wants(kind)) {
                return true;
            }
        }
        return false;
    }

    /** Tells an event to all who want it, in the order in which they came. */
    public void tell(SmtpEvent event) {
        for (EventSink sink : sinks) {
            if (sink.wants(event.kind())) {
                tell(sink, event);
            }
        }
    }

    /** Begins to tell events to somebody. */
    public synchronized void add(EventSink sink) {
        EventSink[] more = Arrays.copyOf(sinks, sinks.length + 1);
        more[sinks.length] = sink;
        sinks = more;
    }

    /** Tells somebody no further events. */
    public synchronized void remove(EventSink sink) {
        sinks = Arrays.stream(sinks).filter(other -> other != sink).toArray(EventSink[]::new);
    }

    /** What goes wrong with an event is no concern of the mail that it tells of. */
    private static void tell(EventSink sink, SmtpEvent event) {
        try {
            sink.tell(event);
        } catch (RuntimeException e) {
            LOG.debug("An event could not be told: {}", event, e);
        }
    }
}
