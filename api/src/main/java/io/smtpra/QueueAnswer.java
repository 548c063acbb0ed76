package io.smtpra;

import java.util.Objects;

/**
 * What a bean says when somebody asks for the mail that waits for a host ({@code ETRN}, RFC 1985).
 *
 * @param reply what the remote side hears
 */
public record QueueAnswer(Reply reply) {

    /** Refuses null. */
    public QueueAnswer {
        Objects.requireNonNull(reply, "reply");
    }

    /**
     * It is being sent: {@code 250 2.0.0}.
     *
     * @return the answer
     */
    public static QueueAnswer started() {
        return new QueueAnswer(Reply.of(250, "2.0.0", "Queuing started"));
    }

    /**
     * No mail waits: {@code 251 2.0.0}.
     *
     * @return the answer
     */
    public static QueueAnswer nothingWaiting() {
        return new QueueAnswer(Reply.of(251, "2.0.0", "No messages waiting"));
    }

    /**
     * Not for this host: {@code 459 4.7.1}.
     *
     * @return the answer
     */
    public static QueueAnswer notAllowed() {
        return new QueueAnswer(Reply.of(459, "4.7.1", "Not allowed for this node"));
    }

    /**
     * Not now: {@code 458 4.3.0}.
     *
     * @return the answer
     */
    public static QueueAnswer later() {
        return new QueueAnswer(Reply.of(458, "4.3.0", "Unable to queue messages, try again later"));
    }
}
