package io.smtpra.event;

import io.smtpra.Peer;

/** Something that a client of this server did or met with. */
public sealed interface InboundEvent extends SmtpEvent permits ConnectionRefused, TlsFailed, SessionEvent {

    /**
     * The host at the other end, as far as it was known then.
     *
     * @return the peer
     */
    Peer peer();
}
