package io.smtpra.authenticity;

/**
 * What one check of one kind came to. {@link SpfVerdict}, {@link DkimVerdict} and {@link DmarcVerdict} are kinds; more
 * may come, and nothing but this interface is common to all.
 */
public interface Verdict {

    /**
     * The kind of check, by its name in the registry of RFC 8601 section 6.2: {@code spf}, {@code dkim}, {@code dmarc}.
     *
     * @return the method, in lower case
     */
    String method();

    /**
     * What the check came to.
     *
     * @return the result
     */
    VerdictResult result();

    /**
     * The domain that the check is about: which one that is, its kind says.
     *
     * @return in lower case and ASCII, internationalised labels as {@code xn--…}; empty if there is none
     */
    String domain();

    /**
     * Why it is so, for the administrator: what was wrong, or what was accepted for which reason. It may have parts
     * that a stranger wrote.
     *
     * @return one line without control characters; empty if there is nothing to say
     */
    String reason();

    /**
     * Whether the check passed.
     *
     * @return true if the result is {@link VerdictResult#PASS}
     */
    default boolean passed() {
        return result() == VerdictResult.PASS;
    }
}
