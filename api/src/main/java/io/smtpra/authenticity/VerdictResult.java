package io.smtpra.authenticity;

import java.util.Locale;

/** What a check came to: the results of RFC 8601 section 2.7. Not each of them occurs with each kind of check. */
public enum VerdictResult {

    /** There is nothing to check: no record is published, or the mail bears no signature. */
    NONE,

    /** Checked, and right. */
    PASS,

    /** Checked, and wrong: with SPF, the domain says that this host does not send for it. */
    FAIL,

    /** SPF alone: the domain says that this host probably does not send for it (RFC 7208 section 2.6.5). */
    SOFTFAIL,

    /** The domain says nothing either way (SPF), or a signature could not be read (DKIM). */
    NEUTRAL,

    /** DKIM alone: the signature is right, and yet not accepted here, for the reason that the verdict gives. */
    POLICY,

    /** It could not be checked now: the DNS did not answer in time, for example. Later it may be. */
    TEMPERROR,

    /** It cannot be checked: what the domain publishes is wrong. */
    PERMERROR;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /**
     * The result as an {@code Authentication-Results} header has it.
     *
     * @return the keyword, in lower case
     */
    public String keyword() {
        return keyword;
    }
}
