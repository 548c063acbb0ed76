package io.smtpra.ra.message;

import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The memory of all contents together: equal chunks, counted, and some of them kept for the next content.
 *
 * <p>A quarter is set aside for contents on their way into a file, so that those which wait in memory for their
 * delivery cannot keep new ones out. Several stores may share a pool: then none of them has memory of its own.
 */
public final class ChunkPool {

    static final int CHUNK_SIZE = 16 * 1024;
    private static final int MOST_KEPT = 1024;
    /** A content that holds chunks gets one more only while so many times that number are free. */
    private static final int SHARE = 8;

    private final ArrayDeque<byte[]> kept = new ArrayDeque<>();
    private final int limit;
    private final int limitForHolding;
    private int used;

    /**
     * A pool.
     *
     * @param maxMemory octets that all contents together may take in memory, at least {@link StoreConfig#LEAST_MEMORY}
     */
    public ChunkPool(long maxMemory) {
        if (maxMemory < StoreConfig.LEAST_MEMORY) {
            throw new IllegalArgumentException(
                    "maxMemory is " + maxMemory + ", allowed: " + StoreConfig.LEAST_MEMORY + " or more");
        }
        limit = (int) Math.min(Integer.MAX_VALUE, maxMemory / CHUNK_SIZE);
        limitForHolding = limit - limit / 4;
    }

    /**
     * A chunk for a content that stays in memory, unless too much is held already: the fuller the memory, the shorter a
     * content has to be to stay there.
     */
    Optional<byte[]> takeForHolding(int chunksOfContent) {
        return take(limitForHolding - SHARE * chunksOfContent);
    }

    /** A chunk for octets on their way into a file. */
    Optional<byte[]> takeForTransit() {
        return take(limit);
    }

    private synchronized Optional<byte[]> take(int bound) {
        if (used >= bound) {
            return Optional.empty();
        }
        used++;
        byte[] chunk = kept.poll();
        return Optional.of(chunk == null ? new byte[CHUNK_SIZE] : chunk);
    }

    synchronized void giveBack(byte[] chunk) {
        used--;
        if (kept.size() < MOST_KEPT) {
            kept.push(chunk);
        }
    }

    /** The most octets that there may be. */
    long maxMemory() {
        return (long) limit * CHUNK_SIZE;
    }

    synchronized int used() {
        return used;
    }
}
