package io.smtpra.ra.outbound;

import io.smtpra.Mailbox;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.ra.outbound.relay.Dispatch;
import io.smtpra.ra.outbound.session.SenderDefault;
import io.smtpra.ra.outbound.settings.SendAt;
import io.smtpra.ra.outbound.transaction.JoinedTransactions;
import io.smtpra.ra.server.ServerTransactions;
import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.util.Objects;
import java.util.Optional;
import javax.naming.NamingException;
import javax.naming.Reference;

/** What an application finds in JNDI. */
final class PooledConnectionFactory implements SmtpConnectionFactory, SenderDefault, Referenceable {

    private static final long serialVersionUID = 1L;

    private final SmtpManagedConnectionFactory managedFactory;
    private final ConnectionManager connectionManager;
    private Reference reference;
    private transient volatile Joining joining;

    PooledConnectionFactory(SmtpManagedConnectionFactory managedFactory, ConnectionManager connectionManager) {
        this.managedFactory = Objects.requireNonNull(managedFactory, "managedFactory");
        this.connectionManager = Objects.requireNonNull(connectionManager, "connectionManager");
    }

    @Override
    public SmtpConnection getConnection() throws SmtpException {
        return connection(SmtpRequestInfo.nobody());
    }

    @Override
    public SmtpConnection getConnection(String userName, String password) throws SmtpException {
        return connection(SmtpRequestInfo.user(userName, password));
    }

    @Override
    public Optional<Optional<Mailbox>> reversePath() throws SmtpException {
        return context().config().addressing().reversePath();
    }

    @Override
    public void setReference(Reference newReference) {
        reference = newReference;
    }

    @Override
    public Reference getReference() throws NamingException {
        if (reference == null) {
            throw new NamingException("The server has not set a reference");
        }
        return reference;
    }

    private SmtpConnection connection(SmtpRequestInfo user) throws SmtpException {
        OutboundContext context = context();
        ConnectionPool pool = new ConnectionPool(managedFactory, connectionManager);
        Joining current = joining(context, pool);
        if (current.transactions.isEmpty()) {
            return pool.allocate(user);
        }
        new SignOn(managedFactory, context.config()).check(user);
        Dispatch dispatch = new Dispatch(context.relay(),
                pool.sessions(user, context.transactions().orElseThrow()));
        return new LazyConnection(user, current.transactions.get(), context, dispatch);
    }

    private Joining joining(OutboundContext context, ConnectionPool pool) throws SmtpException {
        Joining current = joining;
        if (current != null && current.context == context) {
            return current;
        }
        synchronized (this) {
            if (joining == null || joining.context != context) {
                joining = new Joining(context, joined(context, pool));
            }
            return joining;
        }
    }

    /**
     * Whether mails join the server's transactions by themselves. They do where the server would enlist our XA
     * resource, were the connection one of its pool; what else its administrator has chosen, one-phase transactions or
     * none, holds.
     */
    private Optional<JoinedTransactions> joined(OutboundContext context, ConnectionPool pool) throws SmtpException {
        Optional<ServerTransactions> transactions = context.transactions();
        boolean joins = transactions.isPresent() && (context.config().sendAt() == SendAt.NOW
                || EnlistmentProbe.isXa(pool, context, transactions.get()));
        return joins ? transactions.map(JoinedTransactions::new) : Optional.empty();
    }

    private OutboundContext context() throws SmtpException {
        try {
            return managedFactory.context();
        } catch (ResourceException e) {
            throw new SmtpException(SmtpException.Phase.PREPARE, e.getMessage(), false, e);
        }
    }

    /**
     * How mails join transactions, as found out once for each configuration.
     *
     * @param context the configuration
     * @param transactions absent if the server enlists connections of its pool instead
     */
    private record Joining(OutboundContext context, Optional<JoinedTransactions> transactions) {}
}
