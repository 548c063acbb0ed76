package io.smtpra.ra.outbound;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.message.Content;
import io.smtpra.ra.sasl.AuthCredentials;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import jakarta.resource.spi.SecurityException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;

/**
 * What the server pools. It connects when a handle is asked for, and looks then, without talking, whether the
 * connection that it has can be used on; so a pool may keep it however long it likes.
 */
final class SmtpManagedConnection implements ManagedConnection {

    private final OutboundContext context;
    private final SignOn signOn;
    private final Optional<AuthCredentials> credentials;
    private final NextHopSession session;
    private final Dispatch dispatch;
    private final Branches branches = new Branches();
    private final ConnectionEvents events = new ConnectionEvents(this);
    private final Set<SmtpConnectionHandle> handles = ConcurrentHashMap.newKeySet();
    private final XAResource xaResource;
    private final LocalTransaction localTransaction;
    private PrintWriter logWriter;

    SmtpManagedConnection(OutboundContext context, SignOn signOn, Optional<AuthCredentials> credentials) {
        this.context = context;
        this.signOn = signOn;
        this.credentials = credentials;
        session = new NextHopSession(context, credentials);
        dispatch = new Dispatch(session, new SendLog(context.config()));
        xaResource = new MailXaResource(branches, dispatch, this::invalidateHandles);
        localTransaction = new MailLocalTransaction(branches, dispatch, this::invalidateHandles);
    }

    /** Whether it serves a request: same next hop on the same terms, same user. */
    boolean matches(OutboundContext wanted, Optional<AuthCredentials> user) {
        return context == wanted && credentials.equals(user);
    }

    /** Whether nothing speaks against using its connection on; seen without talking. */
    boolean isReusable() {
        return session.isReusable();
    }

    @Override
    public Object getConnection(Subject subject, ConnectionRequestInfo info) throws ResourceException {
        if (!signOn.credentials(subject, info).equals(credentials)) {
            throw new SecurityException("A connection is not signed on a second time, as another user");
        }
        try {
            session.open();
        } catch (SmtpException e) {
            throw e.phase() == SmtpException.Phase.AUTHENTICATE
                    ? new SecurityException(e.getMessage(), e)
                    : new CommException(e.getMessage(), e);
        }
        SmtpConnectionHandle handle = new SmtpConnectionHandle(this);
        handles.add(handle);
        return handle;
    }

    SendReceipt send(SmtpConnectionHandle handle, Envelope envelope, MimeMessage message)
            throws SmtpException {
        Optional<Branch> transaction = transactionOf(handle);
        Receipt receipt = new Receipt(context.ids().next());
        Content content = context.contents().take(message, receipt.id(), envelope);
        Mail mail = Mail.held(envelope, content, receipt);
        if (transaction.isPresent()) {
            hold(mail, content.size(), transaction.get());
        } else {
            sendNow(mail);
        }
        return receipt;
    }

    SendReceipt send(SmtpConnectionHandle handle, Envelope envelope, MailContent octets)
            throws SmtpException {
        Optional<Branch> transaction = transactionOf(handle);
        Receipt receipt = new Receipt(context.ids().next());
        if (transaction.isPresent()) {
            session.check(envelope, declaredLength(octets));
            Content content = context.contents().take(octets);
            hold(Mail.held(envelope, content, receipt), content.size(), transaction.get());
        } else {
            sendNow(Mail.ofCaller(envelope, octets, receipt));
        }
        return receipt;
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
        if (session.isBusy()) {
            throw new ResourceException("The application is still at work with the " + this);
        }
    }

    @Override
    public void destroy() {
        invalidateHandles();
        session.close();
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
        return new SmtpMetaData(context.config().nextHop(), credentials.flatMap(SignOn::userName));
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
        return "SMTP connection to " + context.config().nextHop();
    }

    /**
     * The transaction that mail waits for now. The handle is looked at afterwards: if the server has ended the
     * transaction on another thread, the handle was invalidated before, and the mail must not go out at once instead.
     */
    private Optional<Branch> transactionOf(SmtpConnectionHandle handle) throws SmtpException {
        Optional<Branch> transaction =
                context.config().sendAt() == SendAt.COMMIT ? branches.current() : Optional.empty();
        if (!handles.contains(handle)) {
            throw SmtpConnectionHandle.takenBack();
        }
        return transaction;
    }

    private void hold(Mail mail, long size, Branch transaction) throws SmtpException {
        boolean held = false;
        try {
            session.check(mail.envelope(), OptionalLong.of(size));
            transaction.hold(mail);
            held = true;
        } finally {
            if (!held) {
                dispatch.discard(List.of(mail));
            }
        }
    }

    private static OptionalLong declaredLength(MailContent octets) throws SmtpException {
        try {
            return octets.length();
        } catch (IOException e) {
            throw new SmtpException(SmtpException.Phase.PREPARE, "The content cannot be read: " + e, true, e);
        }
    }

    private void sendNow(Mail mail) throws SmtpException {
        try {
            dispatch.send(mail);
        } catch (ConnectionBrokenException e) {
            // Inside a transaction a server would roll it back upon the event, though this mail is no part of it.
            if (branches.current().isEmpty()) {
                events.broke(e);
            }
            throw e;
        }
    }

    private void invalidateHandles() {
        handles.forEach(SmtpConnectionHandle::invalidate);
        handles.clear();
    }
}
