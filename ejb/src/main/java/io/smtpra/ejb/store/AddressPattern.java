package io.smtpra.ejb.store;

import io.smtpra.Mailbox;
import io.smtpra.idna.DomainName;
import java.util.Locale;
import java.util.Optional;

/**
 * Some addresses, as {@code mona@example.com}, {@code *@example.com}, {@code mona@*} or {@code *}.
 *
 * @param localPart in small letters; absent for any
 * @param domain in ASCII; absent for any
 */
public record AddressPattern(Optional<String> localPart, Optional<String> domain) {

    /** Each address. */
    public static final AddressPattern ANY = new AddressPattern(Optional.empty(), Optional.empty());

    /**
     * Reads a pattern.
     *
     * @param text the pattern
     * @return the pattern
     * @throws IllegalArgumentException if it is none
     */
    public static AddressPattern parse(String text) {
        if (text.equals("*")) {
            return ANY;
        }
        int at = text.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException(text + " is no address pattern");
        }
        String local = text.substring(0, at);
        String domain = text.substring(at + 1);
        if (!local.equals("*") && !domain.equals("*")) {
            Mailbox mailbox = Mailbox.parse(text);
            return new AddressPattern(Optional.of(mailbox.localPart().toLowerCase(Locale.ROOT)),
                    Optional.of(mailbox.asciiDomain()));
        }
        if (!local.equals("*")) {
            // with any domain, so that its syntax is checked
            local = Mailbox.parse(local + "@example.com").localPart().toLowerCase(Locale.ROOT);
        }
        return new AddressPattern(Optional.of(local).filter(part -> !part.equals("*")),
                Optional.of(domain).filter(part -> !part.equals("*")).map(part -> DomainName.parse(part).ascii()));
    }

    /**
     * The address that somebody has by name: of {@code mona} that is {@code mona@*}, and a name that is an address is
     * that.
     *
     * @param name of the user
     * @return the pattern; absent if no address can be like that
     */
    public static Optional<AddressPattern> ofUser(String name) {
        try {
            return Optional.of(parse(name.contains("@") ? name : name + "@*")).filter(one -> one.localPart.isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether an address is one of these.
     *
     * @param address the address
     * @return true if it is
     */
    public boolean matches(Mailbox address) {
        return localPart.filter(part -> !part.equals(address.localPart().toLowerCase(Locale.ROOT))).isEmpty()
                && domain.filter(part -> !part.equals(address.asciiDomain())).isEmpty();
    }

    /** Rows of {@code smtpra_mail_recipient r} for these addresses. */
    SqlCondition recipients() {
        return localPart.isPresent()
                ? domain.map(name -> SqlCondition.of("(r.domain = ? and r.local_part = ?)", name, localPart.get()))
                        .orElseGet(() -> SqlCondition.of("r.local_part = ?", localPart.get()))
                : domain.map(name -> SqlCondition.of("r.domain = ?", name)).orElse(SqlCondition.ALL);
    }

    @Override
    public String toString() {
        return localPart.isEmpty() && domain.isEmpty() ? "*" : localPart.orElse("*") + "@" + domain.orElse("*");
    }
}
