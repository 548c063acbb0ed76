package io.smtpra.ra.outbound.relay;

import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import io.smtpra.ra.client.transfer.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A receipt that starts pending and is filled once. What it tells is always of one moment. */
public final class Receipt implements SendReceipt {

    private final String id;
    private final CompletableFuture<SendReceipt> completion = new CompletableFuture<>();
    private volatile Outcome outcome = Outcome.without(State.PENDING);

    Receipt(String id) {
        this.id = id;
    }

    void sent(List<RecipientOutcome> recipients, SendResult last, Duration duration) {
        outcome = new Outcome(State.SENT, recipients, Optional.of(last.reply()), last.queueId(), last.tls(),
                Optional.of(duration), Optional.empty());
    }

    /** An unanswered content may have been taken. */
    void failed(SmtpException e) {
        State state = e.isUnanswered() ? State.UNKNOWN : State.FAILED;
        outcome = new Outcome(state, e.recipients(), e.reply(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of(e));
    }

    /** The transaction was rolled back: it will not be sent. */
    void rolledBack() {
        outcome = Outcome.without(State.ROLLED_BACK);
    }

    /** Tells those who wait, once nothing else waits for them. */
    void announce() {
        completion.complete(this);
    }

    @Override
    public CompletionStage<SendReceipt> completion() {
        return completion.minimalCompletionStage();
    }

    @Override
    public Optional<SmtpException> failure() {
        return outcome.failure;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public State state() {
        return outcome.state;
    }

    @Override
    public List<RecipientOutcome> recipients() {
        return outcome.recipients;
    }

    @Override
    public Optional<Reply> reply() {
        return outcome.reply;
    }

    @Override
    public Optional<String> queueId() {
        return outcome.queueId;
    }

    @Override
    public Optional<TlsFacts> tls() {
        return outcome.tls;
    }

    @Override
    public Optional<Duration> duration() {
        return outcome.duration;
    }

    @Override
    public String toString() {
        Outcome now = outcome;
        return id + " " + now.state + now.reply.map(reply -> " " + reply).orElse("");
    }

    private record Outcome(
            State state,
            List<RecipientOutcome> recipients,
            Optional<Reply> reply,
            Optional<String> queueId,
            Optional<TlsFacts> tls,
            Optional<Duration> duration,
            Optional<SmtpException> failure) {

        static Outcome without(State state) {
            return new Outcome(state, List.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty(), Optional.empty());
        }
    }
}
