package io.smtpra.mailer;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.Mailbox;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps what it is to send, or refuses it. */
final class RecordingFactory implements SmtpConnectionFactory {

    private static final long serialVersionUID = 1L;

    final transient List<Envelope> envelopes = new ArrayList<>();
    final transient List<String> contents = new ArrayList<>();
    final transient List<String> threads = new ArrayList<>();
    private transient Optional<SmtpException> refusal = Optional.empty();
    private int open;

    RecordingFactory refusing(SmtpException failure) {
        refusal = Optional.of(failure);
        return this;
    }

    int open() {
        return open;
    }

    @Override
    public SmtpConnection getConnection() {
        open++;
        return new Connection();
    }

    @Override
    public SmtpConnection getConnection(String userName, String password) {
        throw new UnsupportedOperationException();
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
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            envelopes.add(envelope);
            threads.add(Thread.currentThread().getName());
            try {
                contents.add(new String(ArrivedMail.octets(content), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Receipt();
        }

        /** What the administrator has set. */
        @Override
        public Envelope addressed(Envelope told) {
            return told.withReversePath(Optional.of(Mailbox.parse("bounces@example.com")));
        }

        @Override
        public void close() {
            open--;
        }
    }

    private static final class Receipt implements SendReceipt {

        @Override
        public String id() {
            return "S1";
        }

        @Override
        public State state() {
            return State.SENT;
        }

        @Override
        public CompletionStage<SendReceipt> completion() {
            return CompletableFuture.completedStage(this);
        }

        @Override
        public Optional<SmtpException> failure() {
            return Optional.empty();
        }

        @Override
        public List<RecipientOutcome> recipients() {
            return List.of();
        }

        @Override
        public Optional<Reply> reply() {
            return Optional.empty();
        }

        @Override
        public Optional<String> queueId() {
            return Optional.empty();
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
}
