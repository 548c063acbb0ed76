package io.smtpra.event;

/**
 * The keys of the log's context (MDC) under which the ids of a mail stand while something is done about it: in the
 * adapter, in its hooks, in a bean's call, in the queue. All that is logged meanwhile, by whomever, can be told by
 * them.
 */
public final class MailLogKeys {

    /** The id of the session in which a mail comes in. */
    public static final String SESSION = "smtpra.session";

    /** The id of the mail that comes in. */
    public static final String MAIL = "smtpra.mail";

    /** The id of a sending, as its receipt has it. */
    public static final String SENDING = "smtpra.sending";

    /** The id of a mail in the queue, while it is sent from there. */
    public static final String QUEUED = "smtpra.queued";

    private MailLogKeys() {}
}
