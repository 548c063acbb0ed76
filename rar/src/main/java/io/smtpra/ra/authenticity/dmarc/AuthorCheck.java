package io.smtpra.ra.authenticity.dmarc;

import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.DmarcPolicy;
import io.smtpra.authenticity.DmarcVerdict;
import io.smtpra.authenticity.DnsAnswer.Status;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.DnsRecordType;
import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.authenticity.Verdict;
import io.smtpra.authenticity.VerdictResult;
import io.smtpra.ra.authenticity.dmarc.TreeWalk.Found;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The check of one author's domain. */
final class AuthorCheck {

    private final String author;
    private final List<SpfVerdict> spf;
    private final List<DkimVerdict> dkim;
    private final DnsLookup dns;

    /** Which domain is aligned, if one is; and what the DNS left open. */
    private record Aligned(Optional<String> domain, Optional<String> failure) {

        static final Aligned NONE = new Aligned(Optional.empty(), Optional.empty());
    }

    AuthorCheck(String author, Optional<SpfVerdict> spf, List<DkimVerdict> dkim, DnsLookup dns) {
        this.author = author;
        this.spf = spf.stream().toList();
        this.dkim = dkim;
        this.dns = dns;
    }

    /** A verdict of what has no policy. */
    static DmarcVerdict without(String author, VerdictResult result, String reason) {
        return new DmarcVerdict(result, author, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                false, reason, false);
    }

    CompletableFuture<DmarcVerdict> verdict() {
        return TreeWalk.from(author, dns).thenCompose(walk -> {
            Optional<Found> policy = walk.policy();
            if (walk.own().isEmpty() && walk.failure().isPresent()) {
                return done(without(author, VerdictResult.TEMPERROR, walk.failure().get()));
            }
            if (policy.isEmpty()) {
                return done(without(author, VerdictResult.NONE, author + " publishes no DMARC policy"));
            }
            if (!policy.get().record().usable()) {
                return done(without(author, VerdictResult.PERMERROR,
                        "the DMARC record of " + policy.get().domain() + " has a policy that cannot be read"));
            }
            return judged(walk, policy.get());
        });
    }

    private CompletableFuture<DmarcVerdict> judged(TreeWalk walk, Found policy) {
        DmarcRecord record = policy.record();
        CompletableFuture<Aligned> bySpf = aligned(walk, record.strictSpf(), spf);
        CompletableFuture<Aligned> byDkim = aligned(walk, record.strictDkim(), dkim);
        return bySpf.thenCompose(ofSpf -> byDkim.thenCompose(ofDkim -> asked(walk, policy).thenApply(asked ->
                verdict(walk, policy, asked, ofSpf, ofDkim))));
    }

    private DmarcVerdict verdict(
            TreeWalk walk, Found policy, Optional<DmarcPolicy> asked, Aligned ofSpf, Aligned ofDkim) {
        boolean passes = ofSpf.domain().isPresent() || ofDkim.domain().isPresent();
        Optional<String> failure = ofSpf.failure().or(ofDkim::failure);
        if (!passes && asked.isEmpty()) {
            failure = failure.or(() -> Optional.of("whether " + author + " exists is not known"));
        }
        VerdictResult result = passes ? VerdictResult.PASS
                : failure.isPresent() ? VerdictResult.TEMPERROR : VerdictResult.FAIL;
        String reason = passes ? "" : failure.orElse("neither SPF nor DKIM has proved a domain of " + author);
        return new DmarcVerdict(result, author, asked, Optional.of(policy.domain()), ofSpf.domain(), ofDkim.domain(),
                policy.record().testing(), reason, walk.validated());
    }

    /** What is asked for failing mail; absent if it depends on something that the DNS does not say. */
    private CompletableFuture<Optional<DmarcPolicy>> asked(TreeWalk walk, Found policy) {
        DmarcRecord record = policy.record();
        if (policy.domain().equals(walk.start())) {
            return done(Optional.of(record.forDomain()));
        }
        DmarcPolicy existing = record.forSubdomain(true);
        if (existing == record.forSubdomain(false)) {
            return done(Optional.of(existing));
        }
        // section 3.2.13 with RFC 8020: a name does not exist if the DNS says so, whatever it is asked about it
        return dns.ask(author, DnsRecordType.A).thenApply(answer -> answer.isAnswered()
                ? Optional.of(record.forSubdomain(answer.status() != Status.NO_NAME)) : Optional.empty());
    }

    private CompletableFuture<Aligned> aligned(TreeWalk walk, boolean strict, List<? extends Verdict> verdicts) {
        Optional<String> same = verdicts.stream().filter(Verdict::passed).map(Verdict::domain)
                .filter(author::equals).findFirst();
        if (same.isPresent()) {
            return done(new Aligned(same, Optional.empty()));
        }
        Stream<? extends Verdict> possible = verdicts.stream().filter(verdict -> strict
                ? verdict.domain().equals(author) : isRelated(verdict.domain(), walk));
        List<? extends Verdict> candidates = possible.toList();
        Optional<String> open = candidates.stream().filter(verdict -> verdict.result() == VerdictResult.TEMPERROR)
                .findFirst().map(verdict -> verdict.method() + " of " + verdict.domain() + ": " + verdict.reason());
        if (strict) {
            return done(new Aligned(Optional.empty(), open));
        }
        Iterator<String> passing = candidates.stream()
                .filter(Verdict::passed).map(Verdict::domain).distinct().iterator();
        return firstAligned(walk, passing, open);
    }

    /** Whether it can be aligned at all: both are of one organisation, below its domain. */
    private static boolean isRelated(String domain, TreeWalk walk) {
        // an organisation that a failure hides is no longer than what was found
        String organization = walk.failure().isPresent()
                ? walk.start().substring(walk.start().lastIndexOf('.') + 1) : walk.organization();
        return domain.equals(organization) || domain.endsWith("." + organization);
    }

    private CompletableFuture<Aligned> firstAligned(TreeWalk walk, Iterator<String> domains, Optional<String> open) {
        if (!domains.hasNext()) {
            return done(open.isPresent() ? new Aligned(Optional.empty(), open) : Aligned.NONE);
        }
        if (walk.failure().isPresent()) {
            return done(new Aligned(Optional.empty(), walk.failure()));
        }
        String domain = domains.next();
        return TreeWalk.from(domain, dns).thenCompose(other -> {
            if (other.failure().isEmpty() && other.organization().equals(walk.organization())) {
                return done(new Aligned(Optional.of(domain), Optional.empty()));
            }
            return firstAligned(walk, domains, open.or(other::failure));
        });
    }

    private static <T> CompletableFuture<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
