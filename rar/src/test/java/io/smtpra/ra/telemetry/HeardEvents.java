package io.smtpra.ra.telemetry;

import io.smtpra.event.SmtpEvent;
import io.smtpra.event.SmtpEventKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears of all events. */
public final class HeardEvents implements EventSink {

    private final List<SmtpEvent> events = new CopyOnWriteArrayList<>();

    /** Begins to listen. */
    public static HeardEvents of(Telemetry telemetry) {
        HeardEvents heard = new HeardEvents();
        telemetry.events().add(heard);
        return heard;
    }

    public List<SmtpEvent> events() {
        return events;
    }

    /** The only one. */
    public SmtpEvent single() {
        if (events.size() != 1) {
            throw new AssertionError("not one event, but " + events);
        }
        return events.get(0);
    }

    @Override
    public boolean wants(SmtpEventKind kind) {
        return true;
    }

    @Override
    public void tell(SmtpEvent event) {
        events.add(event);
    }
}
