package io.smtpra.ra.authenticity;

import io.smtpra.idna.DomainName;
import io.smtpra.mail.MailAddress;
import java.util.List;
import java.util.Locale;

/** The domains of the authors that a {@code From:} names. */
final class AuthorDomains {

    private AuthorDomains() {}

    /**
     * The domains of all addresses, in ASCII and lower case; of what is no name of a domain, as it stands there, as far
     * as it can be written in ASCII.
     */
    static List<String> of(String from) {
        return MailAddress.parse(from).stream()
                .map(MailAddress::address)
                .filter(address -> address.indexOf('@') >= 0)
                .map(address -> ascii(address.substring(address.lastIndexOf('@') + 1)))
                .filter(domain -> !domain.isEmpty())
                .distinct()
                .toList();
    }

    private static String ascii(String domain) {
        String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        try {
            return DomainName.parse(name).ascii();
        } catch (IllegalArgumentException e) {
            return name.toLowerCase(Locale.ROOT).replaceAll("[^!-~]", "?");
        }
    }
}
