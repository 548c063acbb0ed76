package io.smtpra.ra.inbound.smtp.rules;

import io.smtpra.ra.config.PropertyReader;

/**
 * How much one session may ask for.
 *
 * @param maxMessageSize octets of one content, at least 1
 * @param maxRecipients of one mail, at least 100 (RFC 5321 section 4.5.3.1.8)
 * @param maxErrors refusals for good, up to which a session goes on; from half of it on each answer is delayed, longer
 *     and longer. A delivered mail sets the count back
 * @param maxUnknownRecipients recipients refused for good in one session, delivered mails notwithstanding: who harvests
 *     addresses sends a good mail now and then
 * @param maxJunkCommands commands that bring no mail ({@code NOOP}, {@code RSET}, {@code VRFY} …), past which each
 *     one counts as an error
 * @param maxTransactionsPerSession mails begun in one session
 * @param maxReceivedHeaders {@code Received:} headers past which a mail is taken to loop (RFC 5321 section 6.3)
 */
public record ProtocolLimits(
        long maxMessageSize,
        int maxRecipients,
        int maxErrors,
        int maxUnknownRecipients,
        int maxJunkCommands,
        int maxTransactionsPerSession,
        int maxReceivedHeaders) {

    /** The largest size that can be set. */
    public static final long MOST_OCTETS = 1L << 40;
    /** The fewest recipients that a server takes (RFC 5321 section 4.5.3.1.8). */
    public static final int LEAST_RECIPIENTS = 100;
    /** The most recipients that can be set. */
    public static final int MOST_RECIPIENTS = 1_000_000;
    /** The most that can be set of anything else. */
    public static final int MOST = 1_000_000_000;

    /**
     * Refuses limits under which no mail could pass.
     *
     * @throws IllegalArgumentException if one is too low
     */
    public ProtocolLimits {
        atLeast(1, maxMessageSize, "maxMessageSize");
        atLeast(LEAST_RECIPIENTS, maxRecipients, "maxRecipients");
        atLeast(1, maxErrors, "maxErrors");
        atLeast(1, maxUnknownRecipients, "maxUnknownRecipients");
        atLeast(1, maxJunkCommands, "maxJunkCommands");
        atLeast(1, maxTransactionsPerSession, "maxTransactionsPerSession");
        atLeast(1, maxReceivedHeaders, "maxReceivedHeaders");
    }

    /** What holds unless configured. */
    public static ProtocolLimits defaults() {
        return new ProtocolLimits(35L << 20, 1_000, 20, 50, 100, 1_000, 100);
    }

    static ProtocolLimits read(PropertyReader reader) {
        return new ProtocolLimits(
                reader.size("maxMessageSize", 1, MOST_OCTETS),
                reader.number("maxRecipients", LEAST_RECIPIENTS, MOST_RECIPIENTS),
                reader.number("maxErrors", 1, MOST),
                reader.number("maxUnknownRecipients", 1, MOST),
                reader.number("maxJunkCommands", 1, MOST),
                reader.number("maxTransactionsPerSession", 1, MOST),
                reader.number("maxReceivedHeaders", 1, MOST));
    }

    public ProtocolLimits withMaxMessageSize(long number) {
        return new ProtocolLimits(number, maxRecipients, maxErrors,
                maxUnknownRecipients, maxJunkCommands, maxTransactionsPerSession, maxReceivedHeaders);
    }

    public ProtocolLimits withMaxRecipients(int number) {
        return new ProtocolLimits(maxMessageSize, number, maxErrors,
                maxUnknownRecipients, maxJunkCommands, maxTransactionsPerSession, maxReceivedHeaders);
    }

    public ProtocolLimits withMaxErrors(int number) {
        return new ProtocolLimits(maxMessageSize, maxRecipients, number,
                maxUnknownRecipients, maxJunkCommands, maxTransactionsPerSession, maxReceivedHeaders);
    }

    public ProtocolLimits withMaxUnknownRecipients(int number) {
        return new ProtocolLimits(maxMessageSize, maxRecipients, maxErrors,
                number, maxJunkCommands, maxTransactionsPerSession, maxReceivedHeaders);
    }

    public ProtocolLimits withMaxJunkCommands(int number) {
        return new ProtocolLimits(maxMessageSize, maxRecipients, maxErrors,
                maxUnknownRecipients, number, maxTransactionsPerSession, maxReceivedHeaders);
    }

    public ProtocolLimits withMaxTransactionsPerSession(int number) {
        return new ProtocolLimits(maxMessageSize, maxRecipients, maxErrors,
                maxUnknownRecipients, maxJunkCommands, number, maxReceivedHeaders);
    }

    private static void atLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is at least " + least + ", not " + value);
        }
    }
}
