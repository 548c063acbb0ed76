package io.smtpra.ra.outbound;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpException;
import io.smtpra.ra.outbound.compose.MessageEnvelope;
import jakarta.mail.internet.MimeMessage;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What an application holds. It works as long as a managed connection stands behind it. */
final class SmtpConnectionHandle implements SmtpConnection {

    private final AtomicReference<Target> target;

    SmtpConnectionHandle(SmtpManagedConnection connection) {
        target = new AtomicReference<>(new Target(Optional.of(connection), false));
    }

    @Override
    public SendReceipt send(MimeMessage message) throws SmtpException {
        return connection().send(this, MessageEnvelope.of(message), message);
    }

    @Override
    public SendReceipt send(Envelope envelope, MimeMessage message) throws SmtpException {
        return connection().send(this, required(envelope), required(message));
    }

    @Override
    public SendReceipt send(Envelope envelope, MailContent content) throws SmtpException {
        return connection().send(this, required(envelope), required(content));
    }

    @Override
    public void close() {
        target.getAndSet(new Target(Optional.empty(), true)).connection.ifPresent(open -> open.closed(this));
    }

    /** The server puts another managed connection behind it. */
    void associate(SmtpManagedConnection connection) {
        target.getAndSet(new Target(Optional.of(connection), false)).connection.ifPresent(old -> old.release(this));
    }

    /** The server takes the managed connection away. */
    void invalidate() {
        target.updateAndGet(now -> now.connection.isPresent() ? new Target(Optional.empty(), false) : now);
    }

    private SmtpManagedConnection connection() throws SmtpException {
        Target now = target.get();
        if (now.closed) {
            throw new IllegalStateException("This SMTP connection is closed; get another from the connection factory");
        }
        return now.connection.orElseThrow(SmtpConnectionHandle::takenBack);
    }

    static SmtpException takenBack() {
        return new SmtpException(SmtpException.Phase.PREPARE,
                "This SMTP connection was taken back by the server, because it broke or its transaction ended;"
                        + " get another from the connection factory", true, null);
    }

    private static <T> T required(T argument) {
        return Objects.requireNonNull(argument, "envelope, message and content must not be null");
    }

    private record Target(Optional<SmtpManagedConnection> connection, boolean closed) {}
}
