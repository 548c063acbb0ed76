package io.smtpra.queue.sending;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.TlsFacts;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connection factory that says what a test wants: one answer for each mail, the last one for all that follow. */
final class ScriptedNextHop implements SmtpConnectionFactory {

    private static final long serialVersionUID = 1L;
    static final Reply OK = Reply.of(250, "2.0.0", "Ok: queued as Q1");

    private final transient List<Answer> answers = new ArrayList<>();
    /** What it took, as the content's text and the recipients that it accepted. */
    final transient List<String> taken = new ArrayList<>();
    /** What its receipts tell, though nothing was thrown. */
    transient Optional<SmtpException> receiptFailure = Optional.empty();
    int connections;
    int sendings;

    /** What the next hop does with a mail. */
    @FunctionalInterface
    interface Answer {
        List<Reply> to(Envelope envelope) throws SmtpException;
    }

    ScriptedNextHop(Answer... answers) {
        this.answers.addAll(List.of(answers));
    }

    static Answer accepts() {
        return recipients(OK);
    }

    /** These replies to RCPT, the last for all further ones. */
    static Answer recipients(Reply... replies) {
        return envelope -> {
            List<Reply> all = new ArrayList<>();
            for (int i = 0; i < envelope.recipients().size(); i++) {
                all.add(replies[Math.min(i, replies.length - 1)]);
            }
            return all;
        };
    }

    static Answer refuses(Phase phase, Reply reply) {
        return envelope -> {
            throw new SmtpException(phase, "Refused", reply, List.of());
        };
    }

    static Answer breaks(Phase phase, boolean retryable) {
        return envelope -> {
            throw new SmtpException(phase, "Broken at " + phase, retryable, new IOException("gone"));
        };
    }

    @Override
    public SmtpConnection getConnection() {
        connections++;
        return new Connection();
    }

    @Override
    public SmtpConnection getConnection(String userName, String password) {
        return getConnection();
    }

    private SendReceipt answer(Envelope envelope, MailContent content) throws SmtpException {
        Answer answer = answers.get(Math.min(sendings++, answers.size() - 1));
        List<Reply> replies = answer.to(envelope);
        List<RecipientOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            outcomes.add(new RecipientOutcome(envelope.recipients().get(i).mailbox(), replies.get(i)));
        }
        if (outcomes.stream().noneMatch(RecipientOutcome::isAccepted)) {
            throw new SmtpException(Phase.RECIPIENT, "Refused", replies.get(0), outcomes);
        }
        try (InputStream octets = content.open()) {
            taken.add(new String(octets.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new SmtpException(Phase.DATA, "The content cannot be read", true, e);
        }
        return new Receipt(outcomes, receiptFailure);
    }

    private record Receipt(List<RecipientOutcome> recipients, Optional<SmtpException> failure)
            implements SendReceipt {

        @Override
        public String id() {
            return "S1";
        }

        @Override
        public State state() {
            return failure.isPresent() ? State.UNKNOWN : State.SENT;
        }

        @Override
        public CompletionStage<SendReceipt> completion() {
            return CompletableFuture.completedStage(this);
        }

        @Override
        public Optional<Reply> reply() {
            return Optional.of(OK);
        }

        @Override
        public Optional<String> queueId() {
            return Optional.of("Q1");
        }

        @Override
        public Optional<TlsFacts> tls() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> duration() {
            return Optional.empty();
        }
    }

    private final class Connection implements SmtpConnection {

        @Override
        public SendReceipt send(MimeMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SendReceipt send(Envelope envelope, MimeMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SendReceipt send(Envelope envelope, MailContent content) throws SmtpException {
            return answer(envelope, content);
        }

        @Override
        public void close() {
        }
    }
}
