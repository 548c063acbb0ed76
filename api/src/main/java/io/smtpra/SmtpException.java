package io.smtpra;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A mail could not be sent. It tells how far it came, what the next hop said, and whether to try again. */
public class SmtpException extends Exception {

    private static final long serialVersionUID = 1L;

    /** How far a sending came. */
    public enum Phase {
        /** Before anything was said: arguments, pool, content, transaction. */
        PREPARE,
        /** Connecting, up to the greeting. */
        CONNECT,
        /** {@code EHLO} or {@code HELO}. */
        HELLO,
        /** {@code STARTTLS} and the handshake. */
        TLS,
        /** {@code AUTH}. */
        AUTHENTICATE,
        /** {@code MAIL}. */
        MAIL,
        /** {@code RCPT}. */
        RECIPIENT,
        /** {@code DATA} or {@code BDAT}, up to the last octet. */
        DATA,
        /** Waiting for the reply to the content. When that fails the next hop may have taken the mail all the same. */
        END_OF_DATA
    }

    private final Phase phase;
    private final boolean retryable;
    /** Null if there was none: an {@code Optional} is not serialisable. */
    private final Reply reply;
    private final ArrayList<RecipientOutcome> recipients;

    /**
     * A failure without a reply.
     *
     * @param phase how far it came
     * @param message what went wrong
     * @param retryable whether trying again later may succeed
     * @param cause why, or null
     */
    public SmtpException(Phase phase, String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.phase = Objects.requireNonNull(phase, "phase");
        this.retryable = retryable;
        this.reply = null;
        this.recipients = new ArrayList<>();
    }

    /**
     * A refusal by the next hop.
     *
     * @param phase how far it came
     * @param message what was refused
     * @param reply what the next hop said
     * @param recipients what it said to each recipient, as far as it was asked
     */
    public SmtpException(Phase phase, String message, Reply reply, List<RecipientOutcome> recipients) {
        super(message + ": " + reply);
        this.phase = Objects.requireNonNull(phase, "phase");
        this.retryable = reply.isTransient();
        this.reply = reply;
        this.recipients = new ArrayList<>(recipients);
    }

    /**
     * How far it came.
     *
     * @return the phase in which it failed
     */
    public Phase phase() {
        return phase;
    }

    /**
     * Whether the whole content was sent and never answered: the next hop may have taken it or not.
     *
     * @return true if nobody knows
     */
    public boolean isUnanswered() {
        return phase == Phase.END_OF_DATA && reply().isEmpty();
    }

    /**
     * Whether trying the same again later may succeed.
     *
     * @return true for a transient refusal (4xx), a broken connection, a time-out or an exhausted pool
     */
    public boolean isRetryable() {
        return retryable;
    }

    /**
     * What the next hop said.
     *
     * @return its reply, absent if there was none
     */
    public Optional<Reply> reply() {
        return Optional.ofNullable(reply);
    }

    /**
     * What the next hop said to each recipient.
     *
     * @return an outcome for each recipient that it was asked about; often empty
     */
    public List<RecipientOutcome> recipients() {
        return Collections.unmodifiableList(recipients);
    }
}
