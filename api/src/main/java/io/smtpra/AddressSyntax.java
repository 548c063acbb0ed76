package io.smtpra;

/** How exactly a mailbox must keep the grammar of RFC 5321 section 4.1.2. What a mailbox means is the same in both. */
public enum AddressSyntax {
    /** To the letter. */
    STRICT,
    /**
     * What is in use besides is taken too: a dot at either end of a local part, or two of them together
     * ({@code b.@docomo.example}), an underscore in a domain, a dot at its end.
     */
    COMMON
}
