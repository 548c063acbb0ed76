package io.smtpra.ra.event;

import io.smtpra.event.SmtpEvent;
import io.smtpra.event.SmtpEventKind;
import io.smtpra.event.SmtpEventListener;
import io.smtpra.ra.log.EventMessages;
import io.smtpra.ra.log.ThrottledLog;
import io.smtpra.ra.telemetry.EventSink;
import io.smtpra.ra.telemetry.Statistic;
import io.smtpra.ra.telemetry.Telemetry;

/** A hook that hears of events where they happen. Whatever it throws costs nobody else anything. */
final class HookSink implements EventSink {

    private final SmtpEventListener hook;
    private final Telemetry telemetry;
    private final ThrottledLog failed = new ThrottledLog();

    HookSink(SmtpEventListener hook, Telemetry telemetry) {
        this.hook = hook;
        this.telemetry = telemetry;
    }

    @Override
    public boolean wants(SmtpEventKind kind) {
        return true;
    }

    @Override
    public void tell(SmtpEvent event) {
        try {
            hook.onEvent(event);
            telemetry.count(Statistic.EVENTS_TOLD);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            telemetry.count(Statistic.EVENTS_FAILED);
            failed.log((name, unsaid) -> EventMessages.LOG.failed(name, unsaid + 1, e), hook.getClass().getName());
        }
    }
}
