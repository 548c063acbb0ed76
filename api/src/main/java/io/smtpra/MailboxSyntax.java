package io.smtpra;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The grammar of a mailbox (RFC 5321 section 4.1.2 and 4.1.3, RFC 6531 section 3.3). */
final class MailboxSyntax {

    private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6_CHARACTERS =
            Pattern.compile("(?:[0-9A-Fa-f]{0,4}:)+(?:[0-9A-Fa-f]{0,4}|\\d{1,3}(?:\\.\\d{1,3}){3})");

    private MailboxSyntax() {}

    static Mailbox parse(String text) {
        if (text.startsWith("\"")) {
            StringBuilder local = new StringBuilder();
            int end = unquote(text, local);
            if (end >= text.length() || text.charAt(end) != '@') {
                throw new IllegalArgumentException("A quoted local part is followed by @");
            }
            return new Mailbox(local.toString(), text.substring(end + 1));
        }
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("A mailbox has an @");
        }
        String local = text.substring(0, at);
        if (!isDotString(local)) {
            throw new IllegalArgumentException("This local part must be quoted, or has characters that it must not have");
        }
        return new Mailbox(local, text.substring(at + 1));
    }

    static void checkLocalPart(String local) {
        checkCharacters(local);
        if (local.isEmpty() || quoteIfNeeded(local).getBytes(StandardCharsets.UTF_8).length > Mailbox.MAX_LOCAL_PART) {
            throw new IllegalArgumentException("A local part has 1 to " + Mailbox.MAX_LOCAL_PART + " octets");
        }
    }

    static void checkDomain(String domain) {
        checkCharacters(domain);
        if (domain.isEmpty() || domain.getBytes(StandardCharsets.UTF_8).length > Mailbox.MAX_DOMAIN) {
            throw new IllegalArgumentException("A domain has 1 to " + Mailbox.MAX_DOMAIN + " octets");
        }
        if (domain.startsWith("[")) {
            checkLiteral(domain);
            return;
        }
        for (String label : domain.split("\\.", -1)) {
            checkLabel(label);
        }
    }

    static String quoteIfNeeded(String local) {
        if (isDotString(local)) {
            return local;
        }
        StringBuilder quoted = new StringBuilder(local.length() + 2).append('"');
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** Undoes quoting; returns the index behind the closing quote. */
    private static int unquote(String text, StringBuilder local) {
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\') {
                i++;
                if (i == text.length() || text.charAt(i) < 32 || text.charAt(i) > 126) {
                    throw new IllegalArgumentException("A backslash quotes one printable ASCII character");
                }
                c = text.charAt(i);
            }
            local.append(c);
        }
        throw new IllegalArgumentException("A quoted local part ends with a quote");
    }

    private static boolean isDotString(String local) {
        boolean afterDot = true;
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c == '.' ? afterDot : !isAtext(c)) {
                return false;
            }
            afterDot = c == '.';
        }
        return !afterDot;
    }

    private static boolean isAtext(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c > 127
                || ATEXT_SPECIALS.indexOf(c) >= 0;
    }

    private static void checkCharacters(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < part.length()
                    && Character.isLowSurrogate(part.charAt(i + 1));
            if (Character.isISOControl(c) || Character.isSurrogate(c) && !pair) {
                throw new IllegalArgumentException("A mailbox has no control characters and is valid Unicode");
            }
            if (pair) {
                i++;
            }
        }
    }

    private static void checkLabel(String label) {
        if (isAsciiLabel(label)) {
            return;
        }
        try {
            // RFC 5321 section 4.1.2 sub-domain; a U-label is checked by its A-label (RFC 6531 section 3.3).
            String ascii = IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES | IDN.ALLOW_UNASSIGNED);
            if (ascii.isEmpty() || ascii.length() > 63 || ascii.indexOf('.') >= 0) {
                throw new IllegalArgumentException("Each label of a domain has 1 to 63 octets");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "A domain is made of labels of letters, digits and inner hyphens, 1 to 63 octets each", e);
        }
    }

    private static boolean isAsciiLabel(String label) {
        int length = label.length();
        return length > 0 && length <= 63
                && label.charAt(0) != '-' && label.charAt(length - 1) != '-'
                && label.chars().allMatch(c ->
                        c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-');
    }

    /** RFC 5321 section 4.1.3; of the tagged literals that it leaves room for, IPv6 is the only one registered. */
    private static void checkLiteral(String domain) {
        String literal = domain.endsWith("]") ? domain.substring(1, domain.length() - 1) : "";
        boolean valid = literal.regionMatches(true, 0, "IPv6:", 0, 5)
                ? isIpv6(literal.substring(5))
                : IPV4.matcher(literal).matches();
        if (!valid) {
            throw new IllegalArgumentException("An address literal is as [192.0.2.1] or [IPv6:2001:db8::1]");
        }
    }

    private static boolean isIpv6(String address) {
        if (!IPV6_CHARACTERS.matcher(address).matches()) {
            return false;
        }
        try {
            // With a colon in it the JDK never asks a name server.
            InetAddress.getByName(address);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
