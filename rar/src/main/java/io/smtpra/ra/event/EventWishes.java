package io.smtpra.ra.event;

import io.smtpra.ListenerKind;
import io.smtpra.event.InboundEvent;
import io.smtpra.event.SmtpEvent;
import io.smtpra.event.SmtpEventKind;
import java.util.Set;

/**
 * What one activation wants to hear.
 *
 * @param kinds the kinds of events
 * @param listeners the kinds of listener whose inbound events; outbound events have none, and are not asked
 * @param queueSize how many events may wait for its bean
 */
record EventWishes(Set<SmtpEventKind> kinds, Set<ListenerKind> listeners, int queueSize) {

    EventWishes {
        kinds = Set.copyOf(kinds);
        listeners = Set.copyOf(listeners);
    }

    boolean wants(SmtpEventKind kind) {
        return kinds.contains(kind);
    }

    boolean wants(SmtpEvent event) {
        return wants(event.kind())
                && (!(event instanceof InboundEvent inbound) || listeners.contains(inbound.peer().listener()));
    }
}
