package io.smtpra.ra.inbound.routing;

import io.smtpra.Mailbox;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** The forms in which addresses are compared: equal forms name the same mailbox or domain. */
final class AddressKeys {

    private AddressKeys() {}

    /** A mailbox, whatever the case of its local part. */
    static String mailbox(Mailbox mailbox) {
        return local(mailbox.localPart()) + "@" + mailbox.asciiDomain();
    }

    /** The mailbox that {@code user+tag@domain} falls back to, if it is of that form. */
    static Optional<String> withoutTag(Mailbox mailbox) {
        int plus = mailbox.localPart().indexOf('+');
        if (plus <= 0) {
            return Optional.empty();
        }
        return Optional.of(local(mailbox.localPart().substring(0, plus)) + "@" + mailbox.asciiDomain());
    }

    private static String local(String localPart) {
        return Normalizer.normalize(localPart.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }
}
