package io.smtpra.ra.inbound.routing;

import io.smtpra.Mailbox;
import java.util.Objects;

/**
 * What an activation takes, most specific kind first; held in the form in which addresses are compared.
 *
 * @param kind what is matched
 * @param key the address or domain to match, as {@link AddressKeys} makes it; empty for {@link Kind#ANY}
 */
public record RecipientPattern(Kind kind, String key) {

    /** The forms that a pattern may have, for messages. */
    public static final String ALLOWED = "user@domain, *@domain, *@*.domain or *, separated by commas";

    private static final String ANY_LOCAL_PART = "*@";
    private static final String ANY_SUBDOMAIN = "*@*.";

    /** What is matched. */
    public enum Kind {
        /** {@code user@domain}. */
        MAILBOX,
        /** {@code *@domain}. */
        DOMAIN,
        /** {@code *@*.domain}: any domain below it. */
        SUBDOMAINS,
        /** {@code *}. */
        ANY
    }

    /** Refuses nulls. */
    public RecipientPattern {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static RecipientPattern parse(String text) {
        if (text.equals("*")) {
            return new RecipientPattern(Kind.ANY, "");
        }
        if (text.startsWith(ANY_SUBDOMAIN)) {
            return new RecipientPattern(Kind.SUBDOMAINS, domainKey(text.substring(ANY_SUBDOMAIN.length())));
        }
        if (text.startsWith(ANY_LOCAL_PART)) {
            return new RecipientPattern(Kind.DOMAIN, domainKey(text.substring(ANY_LOCAL_PART.length())));
        }
        Mailbox mailbox = Mailbox.parse(text);
        if (mailbox.localPart().indexOf('*') >= 0) {
            throw new IllegalArgumentException("* stands for a whole local part, or for the labels before a domain");
        }
        return new RecipientPattern(Kind.MAILBOX, AddressKeys.mailbox(mailbox));
    }

    @Override
    public String toString() {
        return switch (kind) {
            case MAILBOX -> key;
            case DOMAIN -> ANY_LOCAL_PART + key;
            case SUBDOMAINS -> ANY_SUBDOMAIN + key;
            case ANY -> "*";
        };
    }

    private static String domainKey(String domain) {
        // Read as a mailbox, so that a domain here is exactly what RCPT takes as one.
        return new Mailbox("user", domain).asciiDomain();
    }
}
