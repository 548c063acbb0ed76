package io.smtpra.ra.inbound.listener.access;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.smtpra.ra.log.ListenerMessages;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the TLS handshakes that fail. One costs the server milliseconds and the client nothing, so who fails too often
 * within a minute gets no further one until the next.
 */
public final class HandshakeFailures {

    private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_GROUPS = 10_000;
    private static final int MOST_REASON = 200;
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeFailures.class);

    private record Count(long since, int failures) {}

    private int perMinute;
    private final LongSupplier nanoTime;
    private final Map<AddressGroup, Count> counts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AddressGroup, Count> eldest) {
            return size() > MOST_GROUPS;
        }
    };

    public HandshakeFailures(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    /** How many may fail within a minute. */
    public synchronized int perMinute() {
        return perMinute;
    }

    /** Another number from now on. */
    public synchronized void perMinute(int failures) {
        perMinute = failures;
    }

    /**
     * Logs a failure, and counts it if the client had begun the handshake, and it cost us something.
     *
     * @return true if it is the last one that the address has
     */
    public boolean add(InetAddress address, String peer, boolean begun, Throwable cause) {
        Throwable root = root(cause);
        if (!begun) {
            LOG.debug("{} has not begun its TLS handshake: {}", peer, reason(cause));
            return false;
        }
        ListenerMessages.LOG.handshakeFailed(peer, reason(cause));
        return !isNameRefused(root) && add(address);
    }

    /**
     * The JVM's TLS ends a handshake over a name that cannot be a host's (RFC 6066 section 3), {@code mail_server} or
     * {@code mail.example.com.}, and cannot be told otherwise. It does so before it has computed anything.
     */
    private static boolean isNameRefused(Throwable root) {
        return root instanceof SSLProtocolException && String.valueOf(root.getMessage()).startsWith("Illegal server name");
    }

    private static Throwable root(Throwable cause) {
        return cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    }

    /** Why a handshake has failed: a text for people, of no more than 200 characters. */
    public static String reason(Throwable cause) {
        Throwable root = root(cause);
        if (root instanceof ClosedChannelException) {
            return "the client closed the connection";
        }
        if (root instanceof NotSslRecordException) {
            return "the client did not speak TLS"; // its own message shows what was sent, which may be a secret
        }
        if (isNameRefused(root)) {
            return "the JVM's TLS, unlike tlsProvider=openssl, takes no such name: " + harmless(root.getMessage());
        }
        // OpenSSL's own words for a certificate that was refused do not say why
        return harmless(Stream.iterate(root, next -> next != null, Throwable::getCause)
                .filter(CertificateException.class::isInstance).findFirst().orElse(root).getMessage());
    }

    /** What a client has put into it can neither end the line nor fill it. */
    public static String harmless(String message) {
        String text = String.valueOf(message);
        return text.replaceAll("\\p{Cntrl}", "?").substring(0, Math.min(MOST_REASON, text.length()));
    }

    /** Counts a failure; true if it is the last one that the address has. */
    public synchronized boolean add(InetAddress address) {
        Count count = counts.merge(AddressGroup.of(address), new Count(nanoTime.getAsLong(), 1),
                (old, one) -> isOver(old) ? one : new Count(old.since(), old.failures() + 1));
        if (count.failures() == perMinute) {
            ListenerMessages.LOG.tooManyFailedHandshakes(perMinute, address.getHostAddress());
        }
        return count.failures() == perMinute;
    }

    public synchronized boolean isExhausted(InetAddress address) {
        Count count = counts.get(AddressGroup.of(address));
        if (count == null) {
            return false;
        }
        if (isOver(count)) {
            counts.remove(AddressGroup.of(address));
            return false;
        }
        return count.failures() >= perMinute;
    }

    private boolean isOver(Count count) {
        return nanoTime.getAsLong() - count.since() >= WINDOW;
    }
}
