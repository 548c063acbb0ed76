package io.smtpra.authenticity;

import java.util.Objects;
import java.util.Optional;

/**
 * Whether the domain in {@code From:}, which people read, is the one that SPF or DKIM has proved (DMARC, RFC 9989).
 *
 * @param result {@code PASS} if SPF or a signature of DKIM passes for a domain that is aligned with that of
 *     {@code From:}; {@code NONE} if that domain publishes no policy, or there is no single author domain
 * @param domain the domain in {@code From:}
 * @param policy what is asked for mail that fails, where a policy was found: that for the domain, for its subdomains or
 *     for names that do not exist, whichever applies; one step milder than published while the domain is only testing
 * @param policyDomain where the policy was found: the domain itself or one above it; absent if there is none
 * @param spfAligned the domain of SPF, if that passed and is aligned
 * @param dkimAligned the domain of a signature that passed and is aligned
 * @param testing whether the domain says that it is only testing (the tag {@code t=y})
 * @param reason why it did not pass, or could not be checked; otherwise empty
 * @param validated whether every DNS answer that led to the policy was validated (DNSSEC) by the resolver
 */
public record DmarcVerdict(
        VerdictResult result,
        String domain,
        Optional<DmarcPolicy> policy,
        Optional<String> policyDomain,
        Optional<String> spfAligned,
        Optional<String> dkimAligned,
        boolean testing,
        String reason,
        boolean validated) implements Verdict {

    /** Refuses nulls. */
    public DmarcVerdict {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(policyDomain, "policyDomain");
        Objects.requireNonNull(spfAligned, "spfAligned");
        Objects.requireNonNull(dkimAligned, "dkimAligned");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String method() {
        return "dmarc";
    }
}
