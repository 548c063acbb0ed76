package io.smtpra.event;

/** Something that happened in a session, which is a connection that was admitted. */
public sealed interface SessionEvent extends InboundEvent
        permits ConnectionOpened, TlsEstablished, ClientAuthenticated, AuthenticationFailed, SenderRefused,
                RecipientRefused, ReceivedMailEvent, SessionEnded {

    /**
     * The id of the session, the same that stands in the log.
     *
     * @return letters and digits
     */
    String session();
}
