package io.smtpra.ra.inbound;

import io.smtpra.Mailbox;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** The forms in which addresses are compared: equal forms name the same mailbox or domain. */
final class AddressKeys {

    private AddressKeys() {}

    /** A mailbox, whatever the case of its local part. */
    static String mailbox(Mailbox mailbox) {
        return local(mailbox.localPart()) + "@" + domain(mailbox.domain());
    }

    /** The mailbox that {@code user+tag@domain} falls back to, if it is of that form. */
    static Optional<String> withoutTag(Mailbox mailbox) {
        int plus = mailbox.localPart().indexOf('+');
        if (plus <= 0) {
            return Optional.empty();
        }
        return Optional.of(local(mailbox.localPart().substring(0, plus)) + "@" + domain(mailbox.domain()));
    }

    /** A domain, whatever its case, and the same for U-labels and A-labels (RFC 5890 section 2.3.2.1). */
    static String domain(String domain) {
        if (domain.startsWith("[") || isLowerCaseAscii(domain)) {
            return domain.toLowerCase(Locale.ROOT);
        }
        return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    }

    private static String local(String localPart) {
        return Normalizer.normalize(localPart.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static boolean isLowerCaseAscii(String text) {
        return text.chars().allMatch(c -> c < 128 && !(c >= 'A' && c <= 'Z'));
    }
}
