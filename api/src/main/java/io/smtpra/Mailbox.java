package io.smtpra;

import io.smtpra.idna.DomainName;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A mailbox: {@code local-part@domain} (RFC 5321 section 4.1.2, with the UTF-8 of RFC 6531).
 *
 * <p>However it was written, a mailbox has one form. The local part is held without quotes, so that
 * {@code "a.b"@example.com} and {@code a.b@example.com} are the same mailbox, which they are; {@link #toString()}
 * quotes it where it must be ({@code "b."@docomo.example}). The domain is held in small letters and without a dot at
 * its end.
 *
 * <p>Two mailboxes are equal if their local parts are, to the letter (RFC 5321 section 2.4), and their domains name the
 * same: {@code user@faß.de} equals {@code user@xn--fa-hia.de} (IDNA 2008), and is not {@code user@fass.de}.
 *
 * @param localPart at least one character, none of them a control character
 * @param domain a domain name, or an address literal in square brackets
 */
public record Mailbox(String localPart, String domain) implements Serializable {

    /**
     * The longest mailbox in its SMTP form, in octets of UTF-8: a path may have 256 (RFC 5321 section 4.5.3.1.3), two
     * of them angle brackets. A local part may have all that the domain leaves: the 64 octets of section 4.5.3.1.1 are
     * what any server must take, and not what it may.
     */
    public static final int MAX_MAILBOX = 254;

    /**
     * Brings the domain into its form and refuses what is not a mailbox. The message never repeats what was refused,
     * for it may hold control characters.
     *
     * @throws IllegalArgumentException if a part is too short or long, or has characters that it must not have
     */
    public Mailbox {
        Objects.requireNonNull(localPart, "localPart");
        Objects.requireNonNull(domain, "domain");
        MailboxSyntax.checkLocalPart(localPart);
        domain = MailboxSyntax.domain(domain);
        if (octets(MailboxSyntax.quoteIfNeeded(localPart)) + 1 + octets(domain) > MAX_MAILBOX) {
            throw new IllegalArgumentException("A mailbox has at most " + MAX_MAILBOX + " octets");
        }
    }

    /**
     * Reads a mailbox in its SMTP form, in the {@linkplain AddressSyntax#COMMON common syntax}.
     *
     * @param text as {@code user@example.com}, {@code "a b"@example.com} or {@code user@[IPv6:2001:db8::1]}
     * @return the mailbox
     * @throws IllegalArgumentException if it is not one
     */
    public static Mailbox parse(String text) {
        return parse(text, AddressSyntax.COMMON);
    }

    /**
     * Reads a mailbox in its SMTP form.
     *
     * @param text as {@code user@example.com}, {@code "a b"@example.com} or {@code user@[IPv6:2001:db8::1]}
     * @param syntax what is taken for one
     * @return the mailbox
     * @throws IllegalArgumentException if it is not one
     */
    public static Mailbox parse(String text, AddressSyntax syntax) {
        return MailboxSyntax.parse(text, syntax);
    }

    /**
     * Whether it is of ASCII characters alone, as it is held. A mailbox whose domain is outside ASCII has
     * {@linkplain #toAscii() a form} that is.
     *
     * @return true if it is of ASCII characters alone
     */
    public boolean isAscii() {
        return MailboxSyntax.isAscii(localPart) && MailboxSyntax.isAscii(domain);
    }

    /**
     * Whether it cannot be sent without SMTPUTF8 (RFC 6531): its local part is outside ASCII. A domain always has a
     * form that is not.
     *
     * @return true if its local part is outside ASCII
     */
    public boolean needsSmtpUtf8() {
        return !MailboxSyntax.isAscii(localPart);
    }

    /**
     * The domain in ASCII, by which domains are compared, and which name servers, certificates and next hops without
     * SMTPUTF8 understand: equal forms name the same domain.
     *
     * @return a domain name of A-labels and ASCII labels in small letters (RFC 5890), or the address literal
     */
    public String asciiDomain() {
        return MailboxSyntax.asciiDomain(domain);
    }

    /**
     * The domain for people.
     *
     * @return a domain name with U-labels in place of A-labels (RFC 5890), or the address literal
     */
    public String unicodeDomain() {
        return domain.startsWith("[") ? domain : DomainName.parse(domain).unicode();
    }

    /**
     * The same mailbox with its domain in ASCII: what stands in a command or header without SMTPUTF8.
     *
     * @return an equal mailbox
     */
    public Mailbox toAscii() {
        return MailboxSyntax.isAscii(domain) ? this : new Mailbox(localPart, asciiDomain());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mailbox mailbox && mailbox.localPart.equals(localPart)
                && (mailbox.domain.equals(domain) || mailbox.asciiDomain().equals(asciiDomain()));
    }

    @Override
    public int hashCode() {
        return 31 * localPart.hashCode() + asciiDomain().hashCode();
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
