package io.smtpra.event;

import java.time.Instant;

/**
 * Something that has happened. What exactly, its class tells: an observer of a supertype hears of all below it.
 *
 * <p>An event tells what is over; nothing can be changed or refused by it. It may be lost, when its listeners are
 * slower than the mail: the mail itself never is.
 */
public sealed interface SmtpEvent permits InboundEvent, OutboundEvent {

    /**
     * When it happened.
     *
     * @return the time, by this host's clock
     */
    Instant at();

    /**
     * What happened.
     *
     * @return the kind, one for each class of events
     */
    SmtpEventKind kind();
}
