package io.smtpra.ra.authenticity.dmarc;

import io.smtpra.authenticity.DmarcPolicy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A policy record (RFC 9989 section 4.7). Tags that nobody knows are ignored, {@code pct} among them; of a tag that is
 * written wrong, the default counts.
 *
 * @param policy for the domain itself, the tag {@code p}
 * @param subdomains for what is below it, the tag {@code sp}
 * @param absentNames for what does not exist below it, the tag {@code np}
 * @param strictDkim whether only a signature of the very domain counts
 * @param strictSpf whether only the very domain counts
 * @param suffix whether this is a public suffix: yes, no, or unsaid
 * @param testing whether the policy is to be one step milder
 * @param usable whether the policies are written right, or reports are wanted all the same
 */
record DmarcRecord(DmarcPolicy policy, Optional<DmarcPolicy> subdomains, Optional<DmarcPolicy> absentNames,
        boolean strictDkim, boolean strictSpf, Optional<Boolean> suffix, boolean testing, boolean usable) {

    private static final Pattern VERSION = Pattern.compile("v[ \\t]*=[ \\t]*DMARC1[ \\t]*(?:;(.*))?", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("\\s*([A-Za-z]+)\\s*=\\s*(.*?)\\s*", Pattern.DOTALL);
    private static final Pattern REPORTS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\s,!]+.*", Pattern.DOTALL);

    /** Reads a text of the DNS, which may be another record altogether. */
    static Optional<DmarcRecord> parse(String text) {
        Matcher version = VERSION.matcher(text);
        if (!version.matches()) {
            return Optional.empty();
        }
        Map<String, String> tags = new HashMap<>();
        if (version.group(1) != null) {
            for (String part : version.group(1).split(";")) {
                Matcher tag = TAG.matcher(part);
                if (tag.matches()) {
                    tags.putIfAbsent(tag.group(1).toLowerCase(Locale.ROOT), tag.group(2));
                }
            }
        }
        return Optional.of(of(tags));
    }

    private static DmarcRecord of(Map<String, String> tags) {
        Optional<DmarcPolicy> policy = policy(tags, "p");
        Optional<DmarcPolicy> subdomains = policy(tags, "sp");
        Optional<DmarcPolicy> absentNames = policy(tags, "np");
        // section 4.7: without p, as if it were none
        boolean right = (policy.isPresent() || !tags.containsKey("p"))
                && subdomains.isPresent() == tags.containsKey("sp")
                && absentNames.isPresent() == tags.containsKey("np");
        boolean reports = REPORTS.matcher(tags.getOrDefault("rua", "")).matches();
        // section 4.10.1: who wants reports is taken to ask for nothing else
        return new DmarcRecord(right ? policy.orElse(DmarcPolicy.NONE) : DmarcPolicy.NONE,
                right ? subdomains : Optional.empty(), right ? absentNames : Optional.empty(),
                is(tags, "adkim", "s"), is(tags, "aspf", "s"),
                is(tags, "psd", "y") ? Optional.of(true) : is(tags, "psd", "n") ? Optional.of(false) : Optional.empty(),
                is(tags, "t", "y"), right || reports);
    }

    private static Optional<DmarcPolicy> policy(Map<String, String> tags, String tag) {
        return switch (tags.getOrDefault(tag, "").toLowerCase(Locale.ROOT)) {
            case "none" -> Optional.of(DmarcPolicy.NONE);
            case "quarantine" -> Optional.of(DmarcPolicy.QUARANTINE);
            case "reject" -> Optional.of(DmarcPolicy.REJECT);
            default -> Optional.empty();
        };
    }

    private static boolean is(Map<String, String> tags, String tag, String value) {
        return value.equalsIgnoreCase(tags.get(tag));
    }

    boolean isSuffix() {
        return suffix.orElse(false);
    }

    /** What applies to the domain itself. */
    DmarcPolicy forDomain() {
        return tested(policy);
    }

    /** What applies to a name below it. */
    DmarcPolicy forSubdomain(boolean exists) {
        Optional<DmarcPolicy> special = exists ? subdomains : absentNames.or(() -> subdomains);
        return tested(special.orElse(policy));
    }

    private DmarcPolicy tested(DmarcPolicy asked) {
        if (!testing) {
            return asked;
        }
        return asked == DmarcPolicy.REJECT ? DmarcPolicy.QUARANTINE : DmarcPolicy.NONE;
    }
}
