package io.smtpra.ra.outbound;

import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import io.smtpra.ra.client.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A receipt that starts pending and is filled once. What it tells is always of one moment. */
final class Receipt implements SendReceipt {

    private final String id;
    private volatile Outcome outcome = Outcome.without(State.PENDING);

    Receipt(String id) {
        this.id = id;
    }

    void sent(SendResult result) {
        outcome = new Outcome(State.SENT, result.recipients(), Optional.of(result.reply()), result.queueId(),
                result.tls(), Optional.of(result.duration()));
    }

    void failed(SmtpException e) {
        outcome = new Outcome(State.FAILED, e.recipients(), e.reply(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    void rolledBack() {
        outcome = Outcome.without(State.ROLLED_BACK);
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
            Optional<Duration> duration) {

        static Outcome without(State state) {
            return new Outcome(state, List.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty());
        }
    }
}
