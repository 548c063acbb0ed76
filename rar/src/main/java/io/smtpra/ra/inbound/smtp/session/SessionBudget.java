package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.ProtocolLimits;
import java.time.Duration;
import java.util.Optional;

/** Counts what one session has used up of {@link ProtocolLimits}. */
public final class SessionBudget {

    private static final int MAX_DELAY_SECONDS = 5;
    /** So many recipients too many, or without a bean for now, a mail may well have; more is a way to keep us busy. */
    private static final int MAX_REFUSALS_FOR_NOW = 1_000;
    /** RFC 4954 section 4: at least three. */
    private static final int MAX_AUTHENTICATION_FAILURES = 5;

    private final ProtocolLimits limits;
    private int errors;
    private int refusalsForNow;
    private int junk;
    private int unknownRecipients;
    private int transactions;
    private int authenticationFailures;

    SessionBudget(ProtocolLimits limits) {
        this.limits = limits;
    }

    void error() {
        errors++;
    }

    void refusalForNow() {
        refusalsForNow++;
        if (refusalsForNow > MAX_REFUSALS_FOR_NOW) {
            errors++;
        }
    }

    public void junk() {
        junk++;
        if (junk > limits.maxJunkCommands()) {
            errors++;
        }
    }

    public void unknownRecipient() {
        unknownRecipients++;
    }

    /** A mail begins. */
    public void transaction() {
        transactions++;
    }

    /** A failed authentication; returns how long its answer is held back. */
    public Duration authenticationFailed() {
        authenticationFailures++;
        return Duration.ofSeconds(Math.min(authenticationFailures, MAX_DELAY_SECONDS));
    }

    public boolean hasAuthenticationLeft() {
        return authenticationFailures < MAX_AUTHENTICATION_FAILURES;
    }

    /** A mail was delivered: this client does something of use. */
    public void delivered() {
        errors = 0;
        refusalsForNow = 0;
        junk = 0;
    }

    /** The last word to this client, when it has used up what it may. */
    Optional<SmtpReply> exhausted() {
        if (unknownRecipients >= limits.maxUnknownRecipients()) {
            return Optional.of(SmtpReplies.TOO_MANY_UNKNOWN_RECIPIENTS);
        }
        return errors >= limits.maxErrors() ? Optional.of(SmtpReplies.TOO_MANY_ERRORS) : Optional.empty();
    }

    public boolean hasTransactionsLeft() {
        return transactions < limits.maxTransactionsPerSession();
    }

    /** How long the next answer is held back: nothing up to half of the errors allowed, then longer with each. */
    Duration delay() {
        int beyond = errors - Math.max(1, limits.maxErrors() / 2);
        return Duration.ofSeconds(Math.max(0, Math.min(beyond, MAX_DELAY_SECONDS)));
    }
}
