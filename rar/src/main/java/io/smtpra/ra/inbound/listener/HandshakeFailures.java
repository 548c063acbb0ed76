package io.smtpra.ra.inbound.listener;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the TLS handshakes that fail. One costs the server milliseconds and the client nothing, so who fails too often
 * within a minute gets no further one until the next.
 */
final class HandshakeFailures {

    private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_GROUPS = 10_000;
    private static final int MOST_REASON = 200;
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeFailures.class);

    private record Count(long since, int failures) {}

    private final int perMinute;
    private final LongSupplier nanoTime;
    private final Map<AddressGroup, Count> counts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AddressGroup, Count> eldest) {
            return size() > MOST_GROUPS;
        }
    };

    HandshakeFailures(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    /** Logs a failure, and counts it if the client had begun the handshake. */
    void add(PeerAddress peer, boolean begun, Throwable cause) {
        if (begun) {
            LOG.info("TLS handshake with {} failed: {}", peer.text(), reason(cause));
            add(peer.remote().getAddress());
        } else {
            LOG.debug("{} has not begun its TLS handshake: {}", peer.text(), reason(cause));
        }
    }

    private static String reason(Throwable cause) {
        Throwable root = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (root instanceof ClosedChannelException) {
            return "the client closed the connection";
        }
        if (root instanceof NotSslRecordException) {
            return "the client did not speak TLS"; // its own message shows what was sent, which may be a secret
        }
        String text = String.valueOf(root.getMessage());
        return text.replaceAll("\\p{Cntrl}", "?").substring(0, Math.min(MOST_REASON, text.length()));
    }

    synchronized void add(InetAddress address) {
        Count count = counts.merge(AddressGroup.of(address), new Count(nanoTime.getAsLong(), 1),
                (old, one) -> isOver(old) ? one : new Count(old.since(), old.failures() + 1));
        if (count.failures() == perMinute) {
            LOG.info("{} TLS handshakes with {} failed within a minute; it gets no further one until that is over",
                    perMinute, address.getHostAddress());
        }
    }

    synchronized boolean isExhausted(InetAddress address) {
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
