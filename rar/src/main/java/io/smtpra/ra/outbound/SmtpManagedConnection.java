package io.smtpra.ra.outbound;

import io.smtpra.SmtpException;
import io.smtpra.ra.outbound.relay.Dispatch;
import io.smtpra.ra.outbound.relay.NextHop;
import io.smtpra.ra.outbound.relay.NextHopSession;
import io.smtpra.ra.outbound.relay.Sessions;
import io.smtpra.ra.outbound.settings.SendAt;
import io.smtpra.ra.outbound.transaction.Branch;
import io.smtpra.ra.outbound.transaction.Branches;
import io.smtpra.ra.outbound.transaction.MailLocalTransaction;
import io.smtpra.ra.outbound.transaction.MailXaResource;
import io.smtpra.ra.sasl.AuthCredentials;
import io.smtpra.ra.server.ServerTransactions;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LazyEnlistableConnectionManager;
import jakarta.resource.spi.LazyEnlistableManagedConnection;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import jakarta.resource.spi.SecurityException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;

/**
 * What the server pools: sessions with next hops, mostly one. It connects when there is something to say, and looks
 * then, without talking, whether the connection that it has can be used on; so a pool may keep it however long it
 * likes.
 */
final class SmtpManagedConnection implements ManagedConnection, LazyEnlistableManagedConnection {

    private final OutboundContext context;
    private final SignOn signOn;
    private final Optional<AuthCredentials> credentials;
    private final Optional<NextHop> hop;
    private final Map<NextHop, NextHopSession> sessions = new ConcurrentHashMap<>();
    private final MailIntake intake;
    private final Branches branches = new Branches();
    private final ConnectionEvents events = new ConnectionEvents(this);
    private final Set<SmtpConnectionHandle> handles = ConcurrentHashMap.newKeySet();
    private final XAResource xaResource;
    private final MailLocalTransaction localTransaction;
    private volatile boolean destroyed;
    private PrintWriter logWriter;

    SmtpManagedConnection(
            OutboundContext context, SignOn signOn, Optional<AuthCredentials> credentials, Optional<NextHop> hop) {
        this.context = context;
        this.signOn = signOn;
        this.credentials = credentials;
        this.hop = hop;
        // Of what fails at commit the server hears from the commit itself.
        Dispatch dispatch = new Dispatch(context.relay(), next -> new OwnLease(session(next), false));
        intake = new MailIntake(context, new Dispatch(context.relay(), next -> new OwnLease(session(next), true)));
        xaResource = new MailXaResource(branches, dispatch, Optional.empty(), new MailXaResource.Events() {
            @Override
            public void foreignRollback() {
                invalidateHandles();
            }

            @Override
            public void finished() {
                // The next transaction may begin.
            }
        });
        localTransaction = new MailLocalTransaction(branches, dispatch, this::invalidateHandles);
    }

    /** Whether it serves a request: same configuration, same user, same next hop. */
    boolean matches(OutboundContext wanted, Optional<AuthCredentials> user, Optional<NextHop> next) {
        return context == wanted && credentials.equals(user) && hop.equals(next);
    }

    /** Whether nothing speaks against using its sessions on; seen without talking. */
    boolean isReusable() {
        return !destroyed && sessions.values().stream().allMatch(NextHopSession::isReusable);
    }

    @Override
    public Object getConnection(Subject subject, ConnectionRequestInfo info) throws ResourceException {
        if (!signOn.credentials(subject, info).equals(credentials)) {
            throw new SecurityException("A connection is not signed on a second time, as another user");
        }
        SmtpConnectionHandle handle = new SmtpConnectionHandle(this);
        handles.add(handle);
        return handle;
    }

    MailIntake intake() {
        return intake;
    }

    /** The session with a next hop. */
    NextHopSession session(NextHop next) {
        NextHopSession session = sessions.computeIfAbsent(
                next, wanted -> new NextHopSession(context.relay(), wanted, credentials));
        if (destroyed) {
            session.close();
        }
        return session;
    }

    /**
     * What mail waits for now. The handle is looked at afterwards: if the server has ended the transaction on another
     * thread, the handle was invalidated before, and the mail must not go out at once instead.
     */
    MailIntake.Wait transactionOf(SmtpConnectionHandle handle, Optional<ConnectionManager> manager)
            throws SmtpException {
        if (context.config().sendAt() == SendAt.COMMIT) {
            enlist(manager);
        }
        Optional<Branch> transaction =
                context.config().sendAt() == SendAt.COMMIT ? branches.current() : Optional.empty();
        if (!handles.contains(handle)) {
            throw SmtpConnectionHandle.takenBack();
        }
        if (transaction.isEmpty() && context.config().sendAt() == SendAt.COMMIT && isTransactionAlive()) {
            throw new SmtpException(SmtpException.Phase.PREPARE, "The server has not enlisted this connection in the "
                    + "transaction that is under way, so that the mail would go out whatever becomes of it; sendAt=now "
                    + "allows that", false, null);
        }
        return transaction.map(MailIntake.Wait::until).orElseGet(MailIntake.Wait::nothing);
    }

    /** Lets the server enlist it in the transaction of this thread, if there is one that it is not in. */
    void enlist(Optional<ConnectionManager> manager) throws SmtpException {
        if (branches.current().isEmpty() && manager.isPresent()
                && manager.get() instanceof LazyEnlistableConnectionManager lazy) {
            try {
                lazy.lazyEnlist(this);
            } catch (ResourceException e) {
                throw new SmtpException(SmtpException.Phase.PREPARE,
                        "The server does not enlist the connection in the transaction: " + e.getMessage(), true, e);
            }
        }
    }

    boolean isInXaTransaction() {
        return branches.current().isPresent() && !localTransaction.isBegun();
    }

    /**
     * A session is of no more use: told to the server, unless it would roll back a transaction that knows it already.
     */
    void broke(SmtpException why) {
        if (branches.current().isEmpty()) {
            events.broke(why);
        }
    }

    void closed(SmtpConnectionHandle handle) {
        release(handle);
        events.closed(handle);
    }

    void release(SmtpConnectionHandle handle) {
        handles.remove(handle);
    }

    @Override
    public void associateConnection(Object connection) throws ResourceException {
        if (!(connection instanceof SmtpConnectionHandle handle)) {
            throw new ResourceException("Not a connection of this resource adapter");
        }
        handle.associate(this);
        handles.add(handle);
    }

    /**
     * Makes it ready for the next application. If the former one is still talking to the next hop, as it may be when
     * its transaction has timed out, the exception lets the pool destroy the connection: the next would wait for it.
     */
    @Override
    public void cleanup() throws ResourceException {
        invalidateHandles();
        branches.dissociate();
        if (sessions.values().stream().anyMatch(NextHopSession::isBusy)) {
            throw new ResourceException("The application is still at work with the " + this);
        }
    }

    /** Whoever is sending over it just now fails. */
    @Override
    public void destroy() {
        destroyed = true;
        invalidateHandles();
        sessions.values().forEach(NextHopSession::close);
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        events.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        events.remove(listener);
    }

    @Override
    public XAResource getXAResource() {
        return xaResource;
    }

    @Override
    public LocalTransaction getLocalTransaction() {
        return localTransaction;
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new SmtpMetaData(name(), credentials.flatMap(SignOn::userName));
    }

    @Override
    public void setLogWriter(PrintWriter writer) {
        logWriter = writer;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public String toString() {
        return "SMTP connection to " + name();
    }

    private String name() {
        return hop.map(NextHop::name).orElseGet(context.config()::nextHop);
    }

    private boolean isTransactionAlive() throws SmtpException {
        try {
            Optional<ServerTransactions> transactions = context.transactions();
            int status = transactions.isPresent()
                    ? transactions.get().manager().getStatus() : Status.STATUS_NO_TRANSACTION;
            return status != Status.STATUS_NO_TRANSACTION && status != Status.STATUS_COMMITTED;
        } catch (SystemException e) {
            throw new SmtpException(SmtpException.Phase.PREPARE,
                    "The server's transaction cannot be asked: " + e, true, e);
        }
    }

    private void invalidateHandles() {
        handles.forEach(SmtpConnectionHandle::invalidate);
        handles.clear();
    }

    /** A session of this connection, for what is sent by its own handle or its own transaction. */
    private final class OwnLease implements Sessions.Lease {

        private final NextHopSession session;
        private final boolean telling;

        OwnLease(NextHopSession session, boolean telling) {
            this.session = session;
            this.telling = telling;
        }

        @Override
        public NextHopSession session() {
            return session;
        }

        @Override
        public void broke(SmtpException why) {
            if (telling) {
                SmtpManagedConnection.this.broke(why);
            }
        }

        @Override
        public void close() {
            // It stays with the connection.
        }
    }
}
