package io.smtpra.ra.outbound.relay;

import io.smtpra.Envelope;
import io.smtpra.SmtpException;
import io.smtpra.event.MailPath;
import io.smtpra.event.OutboundEvent.Sending;
import io.smtpra.event.OutboundEvent;
import io.smtpra.event.SmtpEventKind;
import io.smtpra.ra.client.transfer.SendResult;
import io.smtpra.ra.telemetry.Events;
import java.time.Duration;
import java.time.Instant;

/** Tells what became of mails at their next hops, where somebody wants to hear of it. */
final class SendEvents {

    private final Events events;

    SendEvents(Events events) {
        this.events = events;
    }

    void sent(SendTrail trail, String nextHop, Envelope envelope, SendResult result) {
        if (events.isWanted(SmtpEventKind.OUTBOUND_SENT)) {
            events.tell(new OutboundEvent.Sent(Instant.now(), sending(trail, nextHop, envelope, result.duration()),
                    result.size(), result.reply(), result.queueId(), result.tls(),
                    result.recipients().stream().filter(outcome -> !outcome.isAccepted())
                            .limit(MailPath.MOST_SHOWN).toList()));
        }
    }

    /**
     * It was not sent, or nobody knows.
     *
     * @param reason the failure's message, fit for the log
     */
    void failed(SendTrail trail, String nextHop, Envelope envelope, Duration duration, SmtpException e, String reason) {
        SmtpEventKind kind = e.isUnanswered() ? SmtpEventKind.OUTBOUND_UNKNOWN
                : e.isRetryable() ? SmtpEventKind.OUTBOUND_DEFERRED : SmtpEventKind.OUTBOUND_REFUSED;
        if (events.isWanted(kind)) {
            Sending sending = sending(trail, nextHop, envelope, duration);
            events.tell(switch (kind) {
                case OUTBOUND_UNKNOWN -> new OutboundEvent.Unknown(Instant.now(), sending, reason);
                case OUTBOUND_DEFERRED -> new OutboundEvent.Deferred(
                        Instant.now(), sending, e.phase(), e.reply(), reason);
                default -> new OutboundEvent.Refused(Instant.now(), sending, e.phase(), e.reply(), reason);
            });
        }
    }

    private static Sending sending(SendTrail trail, String nextHop, Envelope envelope, Duration duration) {
        return new Sending(trail.id(), nextHop, MailPath.of(envelope), trail.messageId(), trail.receivedMail(),
                trail.queuedMail(), duration);
    }
}
