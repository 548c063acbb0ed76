package io.smtpra.ra.outbound;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.SendOptions;
import io.smtpra.ra.client.SendResult;
import io.smtpra.ra.client.SmtpClient;
import io.smtpra.ra.client.SmtpClientConnection;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.net.SendBudget;
import io.smtpra.ra.outbound.compose.OutgoingContent;
import io.smtpra.ra.sasl.AuthCredentials;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialogue behind one managed connection: opened when it is needed, and replaced when it is worn out or the peer
 * has left. Normally one thread at a time comes here; the lock is for servers that finish a transaction on another
 * thread.
 */
final class NextHopSession {

    private static final Logger LOG = LoggerFactory.getLogger(NextHopSession.class);

    /**
     * For so long after a connection was seen alive it is taken for alive, for to look is some calls of the system. If the
     * peer leaves within this time, the mail finds out, before its content, and goes over another connection.
     */
    private static final Duration SEEN_ALIVE = Duration.ofMillis(10);

    private final OutboundConfig config;
    private final Certificates certificates;
    private final SmtpClient client;
    private final Optional<AuthCredentials> credentials;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<SmtpClientConnection> connection = Optional.empty();
    private long openedAt;
    private long lastUsedAt;
    private long seenAliveAt;
    private int mails;
    private int generation;
    private volatile boolean closed;

    NextHopSession(OutboundContext context, Optional<AuthCredentials> credentials) {
        this.config = context.config();
        this.certificates = context.certificates();
        this.client = context.client();
        this.credentials = credentials;
    }

    /** Makes sure that there is a usable connection. */
    void open() throws SmtpException {
        lock.lock();
        try {
            usable();
        } finally {
            release();
        }
    }

    /** Checks as far as possible, without a word about the mail, whether the next hop can take it. */
    void check(Envelope envelope, OptionalLong size) throws SmtpException {
        lock.lock();
        try {
            usable().check(envelope, size);
        } finally {
            release();
        }
    }

    /**
     * Sends a mail. If the peer has left a kept connection, it goes over a new one, once, and only if the peer cannot
     * have accepted an octet of it.
     */
    SendResult send(Envelope envelope, MailContent content) throws SmtpException {
        SendBudget budget = SendBudget.of(config.sendTimeout());
        SendOptions fresh = new SendOptions(budget, Optional.empty());
        SendOptions again = new SendOptions(budget, Optional.of(config.reuse().firstReply()));
        lock.lock();
        try {
            Optional<SmtpClientConnection> kept = isUsable() ? connection : Optional.empty();
            try {
                return kept.isPresent()
                        ? sendOn(kept.get(), envelope, content, again)
                        : sendOn(renewed(budget), envelope, content, fresh);
            } catch (ConnectionBrokenException e) {
                if (kept.isEmpty() || !e.isReplaceable()) {
                    throw e;
                }
                LOG.debug("{} left the connection ({}); sending over a new one", config.nextHop(), e.getMessage());
                return sendOn(renewed(budget), envelope, content, fresh);
            }
        } finally {
            release();
        }
    }

    /** Whether nothing speaks against going on with this connection; one that is in use is not looked at. */
    boolean isReusable() {
        if (!lock.tryLock()) {
            return true;
        }
        try {
            return !closed && (connection.isEmpty() || isUsable());
        } finally {
            release();
        }
    }

    /** Whether another thread is talking to the next hop. */
    boolean isBusy() {
        return lock.isLocked() && !lock.isHeldByCurrentThread();
    }

    /** Ends the dialogue: at once, or when the mail that is being sent is through. */
    void close() {
        closed = true;
        if (lock.tryLock()) {
            release();
        }
    }

    private SendResult sendOn(SmtpClientConnection current, Envelope envelope, MailContent content,
            SendOptions options) throws SmtpException {
        mails++;
        try {
            return current.send(envelope, new OutgoingContent(content, envelope.bodyType()), options);
        } catch (RuntimeException e) {
            // Thrown by the application's content, perhaps half-way: nobody knows what the peer has heard.
            current.abort();
            throw new SmtpException(SmtpException.Phase.DATA, "The content cannot be read: " + e, false, e);
        } finally {
            lastUsedAt = System.nanoTime();
            seenAliveAt = lastUsedAt;
            if (!current.isOpen()) {
                drop();
            }
        }
    }

    private SmtpClientConnection usable() throws SmtpException {
        return isUsable() ? connection.orElseThrow() : renewed(SendBudget.of(config.sendTimeout()));
    }

    private SmtpClientConnection renewed(SendBudget budget) throws SmtpException {
        drop();
        generation = certificates.generation();
        SmtpClientConnection opened = client.open(credentials, budget);
        connection = Optional.of(opened);
        openedAt = System.nanoTime();
        lastUsedAt = openedAt;
        seenAliveAt = openedAt;
        mails = 0;
        return opened;
    }

    /** Whether nothing speaks against it; one that was seen alive just now is not looked at. */
    private boolean isUsable() {
        long now = System.nanoTime();
        OutboundConfig.Reuse reuse = config.reuse();
        return mails < reuse.maxMails()
                && generation == certificates.generation()
                && isWithin(reuse.maxIdle(), now - lastUsedAt)
                && isWithin(reuse.maxAge(), now - openedAt)
                && connection.filter(SmtpClientConnection::isOpen)
                        .filter(current -> isWithin(SEEN_ALIVE, now - seenAliveAt) || isAlive(current, now)).isPresent();
    }

    private boolean isAlive(SmtpClientConnection current, long now) {
        boolean alive = !current.isStale();
        if (alive) {
            seenAliveAt = now;
        }
        return alive;
    }

    private void drop() {
        connection.ifPresent(SmtpClientConnection::close);
        connection = Optional.empty();
    }

    private void release() {
        if (closed) {
            drop();
        }
        lock.unlock();
    }

    private static boolean isWithin(Duration limit, long nanos) {
        return nanos <= limit.toNanos();
    }
}
