package io.smtpra.ra.authenticity.spf;

import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.authenticity.VerdictResult;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** Checks senders. */
public final class SpfCheck {

    /** RFC 7208 section 4.3: of two labels at least, none of them too long or empty; no address. */
    private static final Pattern DOMAIN = Pattern.compile(
            "(?!.*\\.\\d+\\.?$)[^.\\[\\]]{1,63}(\\.[^.\\[\\]]{1,63})+\\.?", Pattern.DOTALL);
    private static final int MAX_NAME = 254;
    private static final int MAX_TEXT = 500;

    private SpfCheck() {}

    /**
     * Checks a sender; asks the DNS in the course of it, and never blocks.
     *
     * @param question whom, and from where
     * @param dns answers
     * @return the verdict; completed on any thread, never exceptionally unless there is a bug
     */
    public static CompletableFuture<SpfVerdict> check(SpfQuestion question, DnsLookup dns) {
        String domain = question.domain().toLowerCase(Locale.ROOT);
        if (domain.length() > MAX_NAME || !DOMAIN.matcher(domain).matches()) {
            return CompletableFuture.completedFuture(verdict(question, domain,
                    SpfOutcome.error(VerdictResult.NONE, domain, "not the name of a domain"), Optional.empty(), false));
        }
        SpfEvaluation evaluation = new SpfEvaluation(question, dns);
        String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        return evaluation.check(name).thenCompose(outcome -> evaluation.explanation(outcome).thenApply(explanation ->
                verdict(question, name, outcome, explanation, evaluation.isValidated())));
    }

    private static SpfVerdict verdict(SpfQuestion question, String domain, SpfOutcome outcome,
            Optional<String> explanation, boolean validated) {
        return new SpfVerdict(outcome.result(), printable(domain), question.identity(),
                outcome.mechanism().map(SpfCheck::printable), explanation, printable(outcome.reason()), validated);
    }

    /** A stranger wrote it, and at any length. */
    private static String printable(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT)).replaceAll("[^ -~]", "?");
    }
}
