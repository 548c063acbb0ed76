package io.smtpra.queue;

/** A mail could not be put into the queue. The transaction rolls back, so that nothing of it is half done. */
public class MailQueueException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what is wrong, and what would be right
     */
    public MailQueueException(String message) {
        super(message);
    }

    /**
     * Makes one.
     *
     * @param message what is wrong
     * @param cause why
     */
    public MailQueueException(String message, Throwable cause) {
        super(message, cause);
    }
}
