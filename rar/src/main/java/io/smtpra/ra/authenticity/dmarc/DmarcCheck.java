package io.smtpra.ra.authenticity.dmarc;

import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.DmarcVerdict;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.authenticity.VerdictResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Checks authors. */
public final class DmarcCheck {

    /** So many authors' domains are looked at: each costs questions (RFC 9989 section 11.5). */
    private static final int MAX_AUTHORS = 4;

    private DmarcCheck() {}

    /**
     * Checks the author of a mail; asks the DNS in the course of it, and never blocks.
     *
     * @param authors the domains in {@code From:}, each once, in ASCII and lower case. With several, the worst that is
     *     to be said of one of them is said: nobody hides behind another
     * @param complete whether these are all authors
     * @param spf what SPF says
     * @param dkim what DKIM says
     * @param dns answers
     * @return the verdict; completed on any thread, never exceptionally unless there is a bug
     */
    public static CompletableFuture<DmarcVerdict> check(
            List<String> authors, boolean complete, Optional<SpfVerdict> spf, List<DkimVerdict> dkim, DnsLookup dns) {
        if (authors.isEmpty() && complete) {
            return CompletableFuture.completedFuture(AuthorCheck.without("", VerdictResult.NONE, "From has no domain"));
        }
        if (authors.size() > MAX_AUTHORS || !complete) {
            return CompletableFuture.completedFuture(AuthorCheck.without(
                    authors.stream().findFirst().orElse(""), VerdictResult.PERMERROR,
                    "From has more domains than " + MAX_AUTHORS));
        }
        List<CompletableFuture<DmarcVerdict>> verdicts = new ArrayList<>();
        for (String author : authors) {
            verdicts.add(new AuthorCheck(author, spf, dkim, dns).verdict());
        }
        return CompletableFuture.allOf(verdicts.toArray(CompletableFuture[]::new)).thenApply(done ->
                verdicts.stream().map(CompletableFuture::join).max(Comparator.comparingInt(DmarcCheck::severity))
                        .orElseThrow());
    }

    private static int severity(DmarcVerdict verdict) {
        return switch (verdict.result()) {
            case PASS -> 0;
            case NONE -> 1;
            case PERMERROR -> 2;
            case TEMPERROR -> 3;
            default -> 4 + verdict.policy().map(Enum::ordinal).orElse(0);
        };
    }
}
