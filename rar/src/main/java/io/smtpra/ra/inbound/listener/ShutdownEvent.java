package io.smtpra.ra.inbound.listener;

/** Sent through the pipeline of each connection when its listener stops. */
enum ShutdownEvent {
    /** Finish what has begun, begin nothing. */
    DRAIN,
    /** The time for it is over. */
    END
}
