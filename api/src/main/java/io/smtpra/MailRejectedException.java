package io.smtpra;

/**
 * Thrown by a bean to refuse a mail with a reply of its choice. The transaction of the delivery rolls back.
 *
 * <p>It is a checked exception on purpose: the container treats it as an application exception, so a refusal neither
 * destroys the bean instance nor fills the log with stack traces.
 */
public class MailRejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The reply that the remote side hears. */
    private final Reply reply;

    /**
     * A refusal with any negative reply.
     *
     * @param reply what the remote side hears: 4xx or 5xx, with an enhanced status code of the same class
     * @throws IllegalArgumentException if the reply is not a refusal
     */
    public MailRejectedException(Reply reply) {
        super(reply.toString());
        if (reply.isPositive()) {
            throw new IllegalArgumentException("A refusal is 4xx or 5xx, not " + reply.code());
        }
        reply.enhancedStatusCode()
                .filter(status -> status.statusClass() != reply.code() / 100)
                .ifPresent(status -> {
                    throw new IllegalArgumentException(
                            "Code " + reply.code() + " and enhanced status code " + status
                            + " are of different classes");
                });
        this.reply = reply;
    }

    /**
     * A refusal for good: the sender returns the mail to its author. The reply is {@code 554 5.7.1}.
     *
     * @param publicText what the remote side reads; it often ends up in a bounce that a person reads
     * @return the exception, to be thrown
     */
    public static MailRejectedException permanent(String publicText) {
        return new MailRejectedException(Reply.of(554, "5.7.1", publicText));
    }

    /**
     * A refusal for good with codes of the bean's choice.
     *
     * @param code 500 to 599
     * @param enhancedStatusCode of class 5, as {@code 5.2.2}
     * @param publicText what the remote side reads
     * @return the exception, to be thrown
     * @throws IllegalArgumentException if the codes do not say no for good
     */
    public static MailRejectedException permanent(int code, String enhancedStatusCode, String publicText) {
        return of(5, code, enhancedStatusCode, publicText);
    }

    /**
     * A refusal for now: the sender tries again later. The reply is {@code 451 4.3.0}.
     *
     * @param publicText what the remote side reads
     * @return the exception, to be thrown
     */
    public static MailRejectedException transientFailure(String publicText) {
        return new MailRejectedException(Reply.of(451, "4.3.0", publicText));
    }

    /**
     * A refusal for now with codes of the bean's choice.
     *
     * @param code 400 to 499
     * @param enhancedStatusCode of class 4, as {@code 4.2.2}
     * @param publicText what the remote side reads
     * @return the exception, to be thrown
     * @throws IllegalArgumentException if the codes do not say no for now
     */
    public static MailRejectedException transientFailure(int code, String enhancedStatusCode, String publicText) {
        return of(4, code, enhancedStatusCode, publicText);
    }

    /**
     * What the remote side hears.
     *
     * @return the reply
     */
    public Reply reply() {
        return reply;
    }

    private static MailRejectedException of(int replyClass, int code, String enhancedStatusCode, String publicText) {
        if (code / 100 != replyClass) {
            throw new IllegalArgumentException("The code must be " + replyClass + "xx, not " + code);
        }
        return new MailRejectedException(Reply.of(code, enhancedStatusCode, publicText));
    }
}
