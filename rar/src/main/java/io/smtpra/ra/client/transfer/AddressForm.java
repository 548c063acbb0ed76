package io.smtpra.ra.client.transfer;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.OriginalRecipient;
import io.smtpra.Recipient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Addresses as they stand in commands. */
final class AddressForm {

    private AddressForm() {}

    /** Whether an address of the envelope cannot be written in ASCII: its local part cannot, a domain always can. */
    static boolean needsUtf8(Envelope envelope) {
        if (envelope.reversePath().isPresent() && envelope.reversePath().get().needsSmtpUtf8()) {
            return true;
        }
        List<Recipient> recipients = envelope.recipients();
        for (int i = 0; i < recipients.size(); i++) {
            if (recipients.get(i).mailbox().needsSmtpUtf8()) {
                return true;
            }
        }
        return false;
    }

    /** A path without its brackets; a domain outside ASCII by its A-labels unless UTF-8 is spoken (RFC 5890). */
    static String path(Mailbox mailbox, boolean utf8) {
        return (utf8 ? mailbox : mailbox.toAscii()).toString();
    }

    /** RFC 3461 section 4.2; an address outside ASCII as RFC 6533 section 3 has it. */
    static String originalRecipient(OriginalRecipient original) {
        return isAscii(original.address())
                ? original.addressType() + ";" + xtext(original.address())
                : "utf-8;" + utf8Xtext(original.address());
    }

    /** RFC 3461 section 4. */
    static String xtext(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            if (b > 32 && b < 127 && b != '+' && b != '=') {
                encoded.append((char) b);
            } else {
                encoded.append(String.format(Locale.ROOT, "+%02X", b));
            }
        }
        return encoded.toString();
    }

    private static String utf8Xtext(String text) {
        StringBuilder encoded = new StringBuilder(2 * text.length());
        text.codePoints().forEach(c -> {
            if (c > 32 && c < 127 && c != '+' && c != '=' && c != '\\') {
                encoded.append((char) c);
            } else {
                encoded.append(String.format(Locale.ROOT, "\\x{%X}", c));
            }
        });
        return encoded.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
