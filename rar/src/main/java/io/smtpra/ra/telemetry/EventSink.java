package io.smtpra.ra.telemetry;

import io.smtpra.event.SmtpEvent;
import io.smtpra.event.SmtpEventKind;

/** Takes events. Called by whichever thread an event happens on, event loops too: it never waits. */
public interface EventSink {

    /** Whether it wants events of a kind now; asked often. */
    boolean wants(SmtpEventKind kind);

    /** Takes one. */
    void tell(SmtpEvent event);
}
