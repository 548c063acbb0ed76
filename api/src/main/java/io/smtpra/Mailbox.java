package io.smtpra;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A mailbox: {@code local-part@domain} (RFC 5321 section 4.1.2, with the UTF-8 of RFC 6531).
 *
 * <p>The local part is held without quotes, so that {@code "a.b"@example.com} and {@code a.b@example.com} are the same
 * mailbox, which they are; {@link #toString()} quotes it where it must be. The domain is held as it was written.
 *
 * @param localPart 1 to 64 octets in UTF-8, without control characters
 * @param domain 1 to 255 octets in UTF-8: a domain name, or an address literal in square brackets
 */
public record Mailbox(String localPart, String domain) {

    /** The longest local part, in octets (RFC 5321 section 4.5.3.1.1). */
    public static final int MAX_LOCAL_PART = 64;

    /** The longest domain, in octets (RFC 5321 section 4.5.3.1.2). */
    public static final int MAX_DOMAIN = 255;

    /** The longest mailbox, in octets: a path may have 256 (RFC 5321 section 4.5.3.1.3), two of them angle brackets. */
    public static final int MAX_MAILBOX = 254;

    /**
     * Refuses what is not a mailbox. The message never repeats what was refused, for it may hold control characters.
     *
     * @throws IllegalArgumentException if a part is too short or long, or has characters that it must not have
     */
    public Mailbox {
        Objects.requireNonNull(localPart, "localPart");
        Objects.requireNonNull(domain, "domain");
        MailboxSyntax.checkLocalPart(localPart);
        MailboxSyntax.checkDomain(domain);
        if (octets(MailboxSyntax.quoteIfNeeded(localPart)) + 1 + octets(domain) > MAX_MAILBOX) {
            throw new IllegalArgumentException("A mailbox has at most " + MAX_MAILBOX + " octets");
        }
    }

    /**
     * Reads a mailbox in its SMTP form.
     *
     * @param text as {@code user@example.com}, {@code "a b"@example.com} or {@code user@[IPv6:2001:db8::1]}
     * @return the mailbox
     * @throws IllegalArgumentException if it is not one
     */
    public static Mailbox parse(String text) {
        return MailboxSyntax.parse(text);
    }

    /**
     * Whether it can be sent without SMTPUTF8 (RFC 6531).
     *
     * @return true if it is of ASCII characters alone
     */
    public boolean isAscii() {
        return localPart.chars().allMatch(c -> c < 128) && domain.chars().allMatch(c -> c < 128);
    }

    /**
     * The mailbox in its SMTP form.
     *
     * @return as {@code user@example.com}, quoted where it must be
     */
    @Override
    public String toString() {
        return MailboxSyntax.quoteIfNeeded(localPart) + "@" + domain;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
