package io.smtpra.ra.authenticity.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;

/** Names between text and the DNS. A text comes from strangers: it may be anything. */
final class DnsNames {

    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 253;

    private DnsNames() {}

    /** In the form in which a question is known: lower case, no dot at the end. */
    static String normal(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** The name that a text in normal form writes, absent if there can be no such name. */
    static Optional<Name> name(String normal) {
        if (normal.isEmpty() || normal.length() > MAX_NAME) {
            return Optional.empty();
        }
        ByteArrayOutputStream wire = new ByteArrayOutputStream(normal.length() + 2);
        // a backslash is an octet like another here: no escape of a zone file
        for (String label : normal.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > MAX_LABEL || !label.chars().allMatch(DnsNames::isVisible)) {
                return Optional.empty();
            }
            wire.write(label.length());
            label.chars().forEach(wire::write);
        }
        wire.write(0);
        try {
            return Optional.of(new Name(wire.toByteArray()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As a text in normal form. */
    static String text(Name name) {
        return normal(name.toString());
    }

    private static boolean isVisible(int character) {
        return character >= ' ' && character < 0x7F;
    }
}
