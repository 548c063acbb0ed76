package io.smtpra.ra.authenticity.spf;

import io.smtpra.authenticity.VerdictResult;
import java.util.Optional;

/**
 * What a record came to.
 *
 * @param result what it came to
 * @param mechanism which mechanism decided, as it stands in the record
 * @param explanation where the words are that the domain has for a failure
 * @param domain whose record it is
 * @param reason what went wrong, or empty
 */
record SpfOutcome(VerdictResult result, Optional<String> mechanism, Optional<MacroText> explanation, String domain,
        String reason) {

    static SpfOutcome error(VerdictResult result, String domain, String reason) {
        return new SpfOutcome(result, Optional.empty(), Optional.empty(), domain, reason);
    }

    static SpfOutcome decided(SpfTerm term, SpfRecord record, String domain) {
        return new SpfOutcome(term.result(), Optional.of(term.text()), record.explanation(), domain, "");
    }
}
