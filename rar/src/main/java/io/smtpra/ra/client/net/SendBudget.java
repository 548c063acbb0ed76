package io.smtpra.ra.client.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The time that one sending may take in all: connecting, negotiating, envelope and content, on however many connections
 * one after the other. It bounds each wait beside the wait's own limit. Any thread may end it before its time.
 */
public final class SendBudget {

    private final Duration whole;
    private final long end;
    private Optional<Closeable> connection = Optional.empty();
    private volatile boolean ended;

    private SendBudget(Duration whole) {
        this.whole = whole;
        this.end = System.nanoTime() + whole.toNanos();
    }

    /**
     * A budget that begins now.
     *
     * @param whole how long it lasts
     */
    public static SendBudget of(Duration whole) {
        return new SendBudget(Objects.requireNonNull(whole, "whole"));
    }

    /** How long it was in all. */
    public Duration whole() {
        return whole;
    }

    /** What is left of it; zero when it is over. */
    public Duration left() {
        return ended ? Duration.ZERO : Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Whether nothing is left of it. */
    public boolean isOver() {
        return ended || end - System.nanoTime() <= 0;
    }

    /** A wait of this length, or what is left if that is shorter. */
    public Duration atMost(Duration timeout) {
        Duration left = left();
        return timeout.compareTo(left) <= 0 ? timeout : left;
    }

    /** Whether it was ended before its time. */
    public boolean isEnded() {
        return ended;
    }

    /** Ends it now: whoever waits for the next hop fails. May be called by any thread. */
    public synchronized void end() {
        ended = true;
        connection.ifPresent(SendBudget::closeQuietly);
    }

    /** From now on this is what must be closed to end it; a connection that comes too late is closed at once. */
    synchronized void spendOn(Closeable current) throws IOException {
        if (ended) {
            closeQuietly(current);
            throw new SocketTimeoutException("the sending was ended");
        }
        connection = Optional.of(current);
    }

    private static void closeQuietly(Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // Whoever waited hears of the end all the same.
        }
    }
}
