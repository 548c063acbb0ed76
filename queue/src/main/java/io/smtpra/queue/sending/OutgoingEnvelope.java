package io.smtpra.queue.sending;

import io.smtpra.Envelope;

/** With which envelope a mail leaves. */
@FunctionalInterface
public interface OutgoingEnvelope {

    /**
     * The envelope.
     *
     * @param id of the mail
     * @param envelope as the application gave it
     * @return as the next hop is told
     */
    Envelope of(long id, Envelope envelope);
}
