package io.smtpra;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What became of a mail. Inside a transaction it is {@link State#PENDING} until the transaction ends, and fills then;
 * it may be kept and asked later, also by another thread, or waited for by {@link #completion()}.
 */
public interface SendReceipt {

    /** Where a mail stands. */
    enum State {
        /** It waits for the transaction to commit. */
        PENDING,
        /** The next hop has taken responsibility for it. */
        SENT,
        /** The next hop refused it, or it could not be sent; the transaction rolls back. */
        FAILED,
        /**
         * The whole content was sent and never answered: the next hop may have taken the mail or not. The transaction
         * rolls back.
         */
        UNKNOWN,
        /** The transaction was rolled back before it was sent. */
        ROLLED_BACK
    }

    /**
     * The id of this sending, the same that stands in the log.
     *
     * @return 1 to 64 letters, digits and hyphens
     */
    String id();

    /**
     * Where it stands now.
     *
     * @return the state
     */
    State state();

    /**
     * Completes when it is no longer {@link State#PENDING}, whatever has become of the mail. What depends on it runs on
     * the thread that ends the transaction, which has others to serve: anything that takes time belongs on a thread of
     * its own, by one of the {@code …Async} methods with an executor of the server.
     *
     * @return a stage that completes with this receipt, never exceptionally; completed already if the mail was sent at
     * once
     */
    CompletionStage<SendReceipt> completion();

    /**
     * Why it was not sent, or may not have been: how far it came, what the next hop said, and whether trying again may
     * succeed.
     *
     * @return the failure, present for {@link State#FAILED} and {@link State#UNKNOWN} alone
     */
    Optional<SmtpException> failure();

    /**
     * What the next hop said to each recipient, in the order of the envelope.
     *
     * @return an outcome for each recipient; empty while {@link State#PENDING} or when it never came to that
     */
    List<RecipientOutcome> recipients();

    /**
     * What the next hop said after the content.
     *
     * @return the reply, absent if it never came to that
     */
    Optional<Reply> reply();

    /**
     * The id under which the next hop queued it, where it told one in a usual form.
     *
     * @return the id
     */
    Optional<String> queueId();

    /**
     * The facts of the encryption. {@link TlsFacts#peerVerified()} tells whether the next hop's certificate was
     * checked.
     *
     * @return the facts, absent if the mail went in plain text or was not sent
     */
    Optional<TlsFacts> tls();

    /**
     * How long sending took, from {@code MAIL} to the last reply.
     *
     * @return the duration, absent if it was not sent
     */
    Optional<Duration> duration();
}
