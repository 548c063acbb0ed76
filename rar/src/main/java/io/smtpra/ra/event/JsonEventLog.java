package io.smtpra.ra.event;

import io.smtpra.event.SmtpEvent;
import io.smtpra.event.SmtpEventKind;
import io.smtpra.ra.telemetry.EventSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events as lines of the log, each one JSON object, where an administrator has chosen so: by the level DEBUG of
 * their category, at any time. They are written by the thread on which they happen, as all lines of the log are.
 */
final class JsonEventLog implements EventSink {

    private static final Logger LOG = LoggerFactory.getLogger("io.smtpra.events");

    @Override
    public boolean wants(SmtpEventKind kind) {
        return LOG.isDebugEnabled();
    }

    @Override
    public void tell(SmtpEvent event) {
        LOG.debug(EventJson.of(event));
    }
}
