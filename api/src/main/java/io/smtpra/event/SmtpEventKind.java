package io.smtpra.event;

/** The kinds of events: one for each class. By these names they are chosen in an activation, and found in the log. */
public enum SmtpEventKind {

    /** {@link ConnectionOpened}. */
    CONNECTION_OPENED("connection-opened"),
    /** {@link ConnectionRefused}. */
    CONNECTION_REFUSED("connection-refused"),
    /** {@link TlsEstablished}. */
    TLS_ESTABLISHED("tls-established"),
    /** {@link TlsFailed}. */
    TLS_FAILED("tls-failed"),
    /** {@link ClientAuthenticated}. */
    AUTHENTICATED("authenticated"),
    /** {@link AuthenticationFailed}. */
    AUTHENTICATION_FAILED("authentication-failed"),
    /** {@link SenderRefused}. */
    SENDER_REFUSED("sender-refused"),
    /** {@link RecipientRefused}. */
    RECIPIENT_REFUSED("recipient-refused"),
    /** {@link ReceivedMailEvent.Accepted}. */
    MAIL_ACCEPTED("mail-accepted"),
    /** {@link ReceivedMailEvent.Deferred}. */
    MAIL_DEFERRED("mail-deferred"),
    /** {@link ReceivedMailEvent.Refused}. */
    MAIL_REFUSED("mail-refused"),
    /** {@link ReceivedMailEvent.Unfinished}. */
    MAIL_UNFINISHED("mail-unfinished"),
    /** {@link SessionEnded}. */
    SESSION_ENDED("session-ended"),
    /** {@link OutboundEvent.Sent}. */
    OUTBOUND_SENT("outbound-sent"),
    /** {@link OutboundEvent.Deferred}. */
    OUTBOUND_DEFERRED("outbound-deferred"),
    /** {@link OutboundEvent.Refused}. */
    OUTBOUND_REFUSED("outbound-refused"),
    /** {@link OutboundEvent.Unknown}. */
    OUTBOUND_UNKNOWN("outbound-unknown");

    private final String configurationName;

    SmtpEventKind(String configurationName) {
        this.configurationName = configurationName;
    }

    /**
     * The name of this kind in configuration and in the log.
     *
     * @return lower-case words joined by hyphens
     */
    public String configurationName() {
        return configurationName;
    }
}
