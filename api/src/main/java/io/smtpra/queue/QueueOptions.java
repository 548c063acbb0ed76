package io.smtpra.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * When, how long and how a mail is sent. Made from {@link #DEFAULT}:
 * {@code QueueOptions.DEFAULT.priority(Priority.HIGH)}.
 *
 * @param notBefore the first attempt is not made earlier; absent for at once
 * @param giveUpAfter how long from the first attempt on it is tried; absent for the queue's setting (five days)
 * @param priority which of the mails that are due goes first
 * @param idempotencyKey a second mail with this key is not stored: it has the first one's id; 1 to 200 characters
 * @param route the JNDI name of the connection factory that sends it; absent for the queue's setting
 */
public record QueueOptions(
        Optional<Instant> notBefore,
        Optional<Duration> giveUpAfter,
        Priority priority,
        Optional<String> idempotencyKey,
        Optional<String> route) {

    /** At once, for as long as the queue's setting says, with normal priority, through the queue's factory. */
    public static final QueueOptions DEFAULT = new QueueOptions(
            Optional.empty(), Optional.empty(), Priority.NORMAL, Optional.empty(), Optional.empty());

    private static final int LONGEST_NAME = 200;

    /** Which of the mails that are due goes first. */
    public enum Priority {
        /** Before all others: a person waits for it. */
        HIGH,
        /** As usual. */
        NORMAL,
        /** After all others: newsletters. */
        LOW
    }

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the time to give up after is not positive, or the key or the route is empty
     *     or longer than 200 characters
     */
    public QueueOptions {
        Objects.requireNonNull(notBefore, "notBefore");
        Objects.requireNonNull(priority, "priority");
        giveUpAfter.ifPresent(time -> {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("The time to give up after is positive, not " + time);
            }
        });
        idempotencyKey.ifPresent(key -> requireLength("An idempotency key", key));
        route.ifPresent(name -> requireLength("A route", name));
    }

    /**
     * With another time of the first attempt.
     *
     * @param time not before
     * @return the options
     */
    public QueueOptions notBefore(Instant time) {
        return new QueueOptions(Optional.of(time), giveUpAfter, priority, idempotencyKey, route);
    }

    /**
     * With another time to give up after.
     *
     * @param time counted from the first attempt on
     * @return the options
     */
    public QueueOptions giveUpAfter(Duration time) {
        return new QueueOptions(notBefore, Optional.of(time), priority, idempotencyKey, route);
    }

    /**
     * With another priority.
     *
     * @param other which
     * @return the options
     */
    public QueueOptions priority(Priority other) {
        return new QueueOptions(notBefore, giveUpAfter, other, idempotencyKey, route);
    }

    /**
     * With an idempotency key.
     *
     * @param key 1 to 200 characters
     * @return the options
     */
    public QueueOptions idempotencyKey(String key) {
        return new QueueOptions(notBefore, giveUpAfter, priority, Optional.of(key), route);
    }

    /**
     * Through another connection factory.
     *
     * @param jndiName its JNDI name
     * @return the options
     */
    public QueueOptions route(String jndiName) {
        return new QueueOptions(notBefore, giveUpAfter, priority, idempotencyKey, Optional.of(jndiName));
    }

    private static void requireLength(String what, String text) {
        if (text.isBlank() || text.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(what + " has 1 to " + LONGEST_NAME + " characters");
        }
    }
}
