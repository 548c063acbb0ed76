package io.smtpra.authenticity;

import java.util.Objects;
import java.util.Optional;

/**
 * Whether the domain of the reverse-path says that this host sends for it (SPF, RFC 7208).
 *
 * @param result what it came to
 * @param domain the domain asked about: of the reverse-path, or the name of {@code HELO}
 * @param identity which of the two
 * @param mechanism the mechanism of the domain's record that decided, as {@code -all} or {@code include:example.org};
 *     absent where none did
 * @param explanation what the domain has to say about a failure (RFC 7208 section 6.2); a stranger wrote it
 * @param reason why it could not be checked; otherwise empty
 * @param validated whether every DNS answer that it rests on was validated (DNSSEC) by the resolver
 */
public record SpfVerdict(
        VerdictResult result,
        String domain,
        SpfIdentity identity,
        Optional<String> mechanism,
        Optional<String> explanation,
        String reason,
        boolean validated) implements Verdict {

    /** Refuses nulls. */
    public SpfVerdict {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(mechanism, "mechanism");
        Objects.requireNonNull(explanation, "explanation");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String method() {
        return "spf";
    }
}
