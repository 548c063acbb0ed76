package io.smtpra.ra.outbound.relay;

import io.smtpra.Envelope;
import io.smtpra.SmtpException.Phase;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.ClientConfig;
import io.smtpra.ra.client.SmtpClientConnection;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.net.Harmless;
import io.smtpra.ra.client.net.SendBudget;
import io.smtpra.ra.client.transfer.SendOptions;
import io.smtpra.ra.client.transfer.SendResult;
import io.smtpra.ra.client.transfer.SendableContent;
import io.smtpra.ra.log.OutboundMessages;
import io.smtpra.ra.sasl.AuthCredentials;
import io.smtpra.ra.sasl.RenewableToken;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialogue with one next hop behind one managed connection: opened when there is something to say, and replaced
 * when it is worn out or the peer has left. Normally one thread at a time comes here; the lock is for servers that
 * finish a transaction on another thread.
 */
public final class NextHopSession {

    private static final Logger LOG = LoggerFactory.getLogger(NextHopSession.class);

    /**
     * For so long after a connection was seen alive it is taken for alive, for to look is some calls of the system. If
     * the peer leaves within this time, the mail finds out, before its content, and goes over another connection.
     */
    private static final Duration SEEN_ALIVE = Duration.ofMillis(10);

    /** A failure in one of these is the host's, not the mail's: another host may do better. */
    private static final Set<Phase> HOST_FAILS = EnumSet.of(Phase.CONNECT, Phase.HELLO, Phase.TLS);

    private final RelayContext context;
    private final NextHop hop;
    private final Optional<AuthCredentials> credentials;
    private final Optional<Duration> firstReply;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<SmtpClientConnection> connection = Optional.empty();
    private ClientConfig host;
    private long openedAt;
    private long lastUsedAt;
    private long seenAliveAt;
    private int mails;
    private int generation;
    private volatile Optional<SendBudget> running = Optional.empty();
    private volatile boolean closed;

    /**
     * A session that is not open yet.
     *
     * @param context what it shares with others
     * @param hop with whom
     * @param credentials by what to authenticate, if at all
     */
    public NextHopSession(RelayContext context, NextHop hop, Optional<AuthCredentials> credentials) {
        this.context = context;
        this.hop = hop;
        this.credentials = credentials;
        this.firstReply = Optional.of(context.config().reuse().firstReply());
        this.host = hop.hosts().get(0);
    }

    /** The host that it talks to, or talked to last. */
    ClientConfig host() {
        return host;
    }

    /**
     * Sends a mail. If the peer has left a kept connection, it goes over a new one, once, and only if the peer cannot
     * have accepted an octet of it.
     */
    SendResult send(Envelope envelope, SendableContent content, SendBudget budget) throws SmtpException {
        return talk(budget, (current, options) -> {
            mails++;
            return current.send(envelope, content, options);
        });
    }

    /** Hands over the envelope of a mail, and takes it back. */
    void rehearse(Envelope envelope, SendableContent content, SendBudget budget) throws SmtpException {
        talk(budget, (current, options) -> {
            current.rehearse(envelope, content, options);
            return true;
        });
    }

    /** Whether nothing speaks against going on with this session; one that is in use is not looked at. */
    public boolean isReusable() {
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
    public boolean isBusy() {
        return lock.isLocked() && !lock.isHeldByCurrentThread();
    }

    /**
     * Ends it for good: politely if it is idle; a sending under way fails. May be called by any thread; never waits.
     */
    public void close() {
        closed = true;
        running.ifPresent(SendBudget::end);
        dropIfClosed();
    }

    private <T> T talk(SendBudget budget, Talk<T> talk) throws SmtpException {
        lock(budget);
        try {
            Optional<SmtpClientConnection> kept = isUsable() ? connection : Optional.empty();
            if (kept.isPresent()) {
                try {
                    return on(kept.get(), talk, new SendOptions(begun(budget), firstReply));
                } catch (ConnectionBrokenException e) {
                    if (!e.isReplaceable() || closed) {
                        throw e;
                    }
                    LOG.debug("{} left the connection ({}); going on over a new one", hop, e.getMessage());
                }
            }
            try {
                return onNew(budget, talk);
            } catch (ConnectionBrokenException e) {
                // It will be spoken to in another way, so that this does not happen again.
                if (e.kind() != ConnectionBrokenException.Kind.MISUNDERSTOOD || closed) {
                    throw e;
                }
                LOG.debug("{}; sending over a new connection", e.getMessage());
                return onNew(budget, talk);
            }
        } finally {
            running = Optional.empty();
            release();
        }
    }

    private <T> T onNew(SendBudget budget, Talk<T> talk) throws SmtpException {
        SmtpClientConnection fresh = renewed(budget);
        return on(fresh, talk, new SendOptions(begun(budget), Optional.empty()));
    }

    private <T> T on(SmtpClientConnection current, Talk<T> talk, SendOptions options) throws SmtpException {
        try {
            return talk.on(current, options);
        } finally {
            lastUsedAt = System.nanoTime();
            seenAliveAt = lastUsedAt;
            if (!current.isOpen()) {
                drop();
            }
        }
    }

    /** Opens a connection to the first host that lets us; those that failed lately come last. */
    private SmtpClientConnection renewed(SendBudget budget) throws SmtpException {
        drop();
        context.logIns().check(hop, credentials);
        requireToken();
        generation = context.certificates().generation();
        Iterator<ClientConfig> hosts = context.resting().order(hop.hosts()).iterator();
        int left = hop.hosts().size();
        while (true) {
            ClientConfig next = hosts.next();
            try {
                return opened(next, begun(left == 1 ? budget : SendBudget.of(budget.left().dividedBy(left))));
            } catch (SmtpException e) {
                left--;
                if (left == 0 || closed || budget.isOver() || !HOST_FAILS.contains(e.phase())) {
                    throw e;
                }
                OutboundMessages.LOG.nextHost(e.getMessage(), hop);
            }
        }
    }

    private SmtpClientConnection opened(ClientConfig next, SendBudget budget) throws SmtpException {
        host = next;
        try {
            SmtpClientConnection opened = context.client(next).open(credentials, budget);
            connection = Optional.of(opened);
            openedAt = System.nanoTime();
            lastUsedAt = openedAt;
            seenAliveAt = openedAt;
            mails = 0;
            context.resting().reached(next);
            context.logIns().accepted(hop, credentials);
            context.learn(hop, opened.offer());
            return opened;
        } catch (SmtpException e) {
            if (HOST_FAILS.contains(e.phase())) {
                context.resting().failed(next);
            }
            context.logIns().refused(hop, credentials, e);
            if (e.phase() == Phase.AUTHENTICATE && e.reply().isPresent()) {
                token().filter(RenewableToken.class::isInstance).map(RenewableToken.class::cast)
                        .ifPresent(RenewableToken::refused);
            }
            throw e;
        }
    }

    /** Before there is a connection, which would wait for it; one that cannot be had now may be had later. */
    private void requireToken() throws SmtpException {
        try {
            token().ifPresent(Supplier::get);
        } catch (RuntimeException e) {
            throw new SmtpException(Phase.AUTHENTICATE, "No token for " + hop + ": " + Harmless.reason(e), true, e);
        }
    }

    private Optional<Supplier<String>> token() {
        return credentials.filter(AuthCredentials.Token.class::isInstance)
                .map(shown -> ((AuthCredentials.Token) shown).supplier());
    }

    /** From now on {@link #close} ends it by this budget. */
    private SendBudget begun(SendBudget budget) throws SmtpException {
        running = Optional.of(budget);
        if (closed) {
            throw new SmtpException(Phase.PREPARE, "The session with " + hop + " was closed", true, null);
        }
        return budget;
    }

    private void lock(SendBudget budget) throws SmtpException {
        try {
            if (lock.tryLock(budget.left().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SmtpException(Phase.PREPARE, "Another sending to " + hop + " took too long", true, null);
    }

    /** Whether nothing speaks against it; one that was seen alive just now is not looked at. */
    private boolean isUsable() {
        long now = System.nanoTime();
        RelayConfig.Reuse reuse = context.config().reuse();
        return mails < reuse.maxMails()
                && generation == context.certificates().generation()
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
        lock.unlock();
        // Whoever closed it meanwhile could not get the lock, and has left this to us.
        dropIfClosed();
    }

    private void dropIfClosed() {
        if (closed && lock.tryLock()) {
            try {
                drop();
            } finally {
                lock.unlock();
            }
        }
    }

    private static boolean isWithin(Duration limit, long nanos) {
        return nanos <= limit.toNanos();
    }

    private interface Talk<T> {
        T on(SmtpClientConnection current, SendOptions options) throws SmtpException;
    }
}
