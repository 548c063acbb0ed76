package io.smtpra.compose;

import io.smtpra.idna.DomainName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A header line with addresses in it. Their domains are written by their A-labels (RFC 5890), so that the next hop need
 * not know SMTPUTF8 for them; where a local part is outside ASCII it must know it all the same.
 */
public final class AddressHeader {

    private static final Set<String> NAMES = Set.of("from", "sender", "reply-to", "to", "cc", "bcc", "resent-from",
            "resent-sender", "resent-to", "resent-cc", "resent-bcc", "return-path", "errors-to",
            "disposition-notification-to", "return-receipt-to", "mail-followup-to", "mail-reply-to");

    private static final String DELIMITERS = "<>,;:()\"[]\\ \t\r\n";

    private AddressHeader() {}

    /** Whether the header of this name holds addresses. */
    public static boolean isNamed(String name) {
        return NAMES.contains(name.trim().toLowerCase(Locale.ROOT));
    }

    /** The line with all domains in ASCII that are not in a comment or a quoted string. */
    public static String withAsciiDomains(String line) {
        int colon = line.indexOf(':');
        if (colon < 0 || !isNamed(line.substring(0, colon))) {
            return line;
        }
        StringBuilder changed = new StringBuilder(line.length() + 16);
        int comments = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            changed.append(c);
            if (c == '\\' && i + 1 < line.length()) {
                changed.append(line.charAt(++i));
            } else if (c == '"' && comments == 0) {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == ')' && comments > 0)) {
                comments += c == '(' ? 1 : -1;
            } else if (c == '@' && !quoted && comments == 0) {
                int end = end(line, i + 1);
                changed.append(ascii(line.substring(i + 1, end)));
                i = end - 1;
            }
        }
        return changed.toString();
    }

    private static int end(String line, int from) {
        int end = from;
        while (end < line.length() && DELIMITERS.indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String ascii(String domain) {
        return domain.isEmpty() || isAscii(domain) ? domain : name(domain).map(DomainName::ascii).orElse(domain);
    }

    /** What is no domain stays as it is: it is not for us to judge headers. */
    private static Optional<DomainName> name(String domain) {
        try {
            return Optional.of(DomainName.parse(domain));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
