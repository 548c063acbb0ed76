package io.smtpra.ra.inbound.smtp;

import io.smtpra.ra.inbound.smtp.rules.ProtocolLimits;
import java.util.function.Consumer;

/** Makes limits that differ from the defaults in a point. */
final class Limits {

    private static final ProtocolLimits DEFAULTS = ProtocolLimits.defaults();

    long maxMessageSize = DEFAULTS.maxMessageSize();
    int maxRecipients = DEFAULTS.maxRecipients();
    int maxErrors = DEFAULTS.maxErrors();
    int maxUnknownRecipients = DEFAULTS.maxUnknownRecipients();
    int maxJunkCommands = DEFAULTS.maxJunkCommands();
    int maxTransactionsPerSession = DEFAULTS.maxTransactionsPerSession();
    int maxReceivedHeaders = DEFAULTS.maxReceivedHeaders();

    private Limits() {}

    static ProtocolLimits of(Consumer<Limits> change) {
        Limits limits = new Limits();
        change.accept(limits);
        return new ProtocolLimits(limits.maxMessageSize, limits.maxRecipients, limits.maxErrors,
                limits.maxUnknownRecipients, limits.maxJunkCommands, limits.maxTransactionsPerSession,
                limits.maxReceivedHeaders);
    }
}
