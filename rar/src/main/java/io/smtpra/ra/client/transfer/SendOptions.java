package io.smtpra.ra.client.transfer;

import io.smtpra.ra.client.net.SendBudget;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to send a mail.
 *
 * @param budget how long it may take in all
 * @param firstReply how long to wait for the reply to the first command, where that is less than for others: on a kept
 *     connection, whose peer may be gone without a word
 */
public record SendOptions(SendBudget budget, Optional<Duration> firstReply) {

    /** Refuses nulls. */
    public SendOptions {
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(firstReply, "firstReply");
    }

    /**
     * On a new connection.
     *
     * @param whole how long it may take in all, from now on
     */
    public static SendOptions within(Duration whole) {
        return new SendOptions(SendBudget.of(whole), Optional.empty());
    }
}
