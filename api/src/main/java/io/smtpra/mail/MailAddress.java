package io.smtpra.mail;

import io.smtpra.Mailbox;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An address of a header, as it was written: {@code Jane Doe <jane@example.com>}. It may be anything that somebody put
 * there; nothing has been checked.
 *
 * @param name the name before it, decoded and without control characters; empty if there is none
 * @param address the address, without white space or control characters; empty if there is only a name
 */
public record MailAddress(String name, String address) {

    /** Refuses null. */
    public MailAddress {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
    }

    /**
     * Reads the value of an address header. It takes whatever there is: semicolons for commas, angle brackets and
     * quotes that do not end, a list without commas.
     *
     * @param value the value of the header, encoded words included
     * @return the addresses in their order; those of a group without the group's name
     */
    public static List<MailAddress> parse(String value) {
        return AddressParser.parse(value);
    }

    /**
     * The address to send to.
     *
     * @return empty if it is none that SMTP could take
     */
    public Optional<Mailbox> mailbox() {
        try {
            return Optional.of(Mailbox.parse(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * For people and logs, not for a header.
     *
     * @return as {@code Jane Doe <jane@example.com>}
     */
    @Override
    public String toString() {
        return name.isEmpty() ? address : address.isEmpty() ? name : name + " <" + address + ">";
    }
}
