package io.smtpra.ra.outbound;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpException;
import io.smtpra.ra.outbound.relay.NextHop;
import io.smtpra.ra.outbound.relay.NextHopSession;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.spi.ConnectionManager;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A connection of the server's pool, as long as a managed connection stands behind it. */
final class SmtpConnectionHandle implements SmtpConnection {

    private final AtomicReference<Target> target;
    private volatile Optional<ConnectionManager> manager = Optional.empty();

    SmtpConnectionHandle(SmtpManagedConnection connection) {
        target = new AtomicReference<>(new Target(Optional.of(connection), false));
    }

    @Override
    public SendReceipt send(MimeMessage message) throws SmtpException {
        SmtpManagedConnection connection = connection();
        return connection.intake().take(message, connection.transactionOf(this, manager));
    }

    @Override
    public SendReceipt send(Envelope envelope, MimeMessage message) throws SmtpException {
        SmtpManagedConnection connection = connection();
        return connection.intake().take(envelope, message, connection.transactionOf(this, manager));
    }

    @Override
    public SendReceipt send(Envelope envelope, MailContent content) throws SmtpException {
        SmtpManagedConnection connection = connection();
        return connection.intake().take(envelope, content, connection.transactionOf(this, manager));
    }

    @Override
    public Envelope addressed(Envelope told) throws SmtpException {
        return connection().intake().addressed(told);
    }

    @Override
    public void close() {
        target.getAndSet(new Target(Optional.empty(), true)).connection.ifPresent(open -> open.closed(this));
    }

    /** Who has allocated it, and may enlist it later. */
    void comesFrom(ConnectionManager allocator) {
        manager = Optional.of(allocator);
    }

    /** The session that it has with a next hop. */
    NextHopSession session(NextHop hop) throws SmtpException {
        return connection().session(hop);
    }

    /** Tells the server that the session is of no more use. */
    void broke(SmtpException why) {
        target.get().connection.ifPresent(connection -> connection.broke(why));
    }

    /** Whether the server has begun, or now begins, an XA transaction on it. */
    boolean isInXaTransaction() throws SmtpException {
        SmtpManagedConnection connection = connection();
        connection.enlist(manager);
        return connection.isInXaTransaction();
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
            throw closed();
        }
        return now.connection.orElseThrow(SmtpConnectionHandle::takenBack);
    }

    static IllegalStateException closed() {
        return new IllegalStateException("This SMTP connection is closed; get another from the connection factory");
    }

    static SmtpException takenBack() {
        return new SmtpException(SmtpException.Phase.PREPARE,
                "This SMTP connection was taken back by the server, because it broke or its transaction ended;"
                        + " get another from the connection factory", true, null);
    }

    private record Target(Optional<SmtpManagedConnection> connection, boolean closed) {}
}
