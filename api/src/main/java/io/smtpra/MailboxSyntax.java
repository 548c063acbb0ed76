package io.smtpra;

import io.smtpra.idna.DomainName;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The grammar of a mailbox (RFC 5321 section 4.1.2 and 4.1.3, RFC 6531 section 3.3). */
final class MailboxSyntax {

    private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";
    private static final String IPV6 = "ipv6:";
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6_CHARACTERS =
            Pattern.compile("(?:[0-9A-Fa-f]{0,4}:)+(?:[0-9A-Fa-f]{0,4}|\\d{1,3}(?:\\.\\d{1,3}){3})");

    private MailboxSyntax() {}

    static Mailbox parse(String text, AddressSyntax syntax) {
        if (text.startsWith("\"")) {
            StringBuilder local = new StringBuilder();
            int end = unquote(text, local);
            if (end >= text.length() || text.charAt(end) != '@') {
                throw new IllegalArgumentException("A quoted local part is followed by @");
            }
            return mailbox(local.toString(), text.substring(end + 1), syntax);
        }
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("A mailbox has an @");
        }
        String local = text.substring(0, at);
        if (syntax == AddressSyntax.STRICT ? !isDotString(local) : !isOfAtextAndDots(local)) {
            throw new IllegalArgumentException("This local part must be quoted, or has characters that it must not have");
        }
        return mailbox(local, text.substring(at + 1), syntax);
    }

    private static Mailbox mailbox(String local, String domain, AddressSyntax syntax) {
        if (syntax == AddressSyntax.STRICT && !domain.startsWith("[")
                && (domain.endsWith(".") || !DomainName.parse(domain).isHostName())) {
            throw new IllegalArgumentException("A domain has no underscores and no dot at its end");
        }
        return new Mailbox(local, domain);
    }

    static void checkLocalPart(String local) {
        if (local.isEmpty()) {
            throw new IllegalArgumentException("A local part has at least one character");
        }
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < local.length()
                    && Character.isLowSurrogate(local.charAt(i + 1));
            if (Character.isISOControl(c) || Character.isSurrogate(c) && !pair) {
                throw new IllegalArgumentException("A local part has no control characters and is valid Unicode");
            }
            if (pair) {
                i++;
            }
        }
    }

    /** The domain as a mailbox holds it: names outside ASCII as they would be read, others in ASCII. */
    static String domain(String domain) {
        if (domain.startsWith("[")) {
            checkLiteral(domain);
            return domain;
        }
        DomainName name = DomainName.parse(domain);
        return isAscii(domain) ? name.ascii() : name.unicode();
    }

    /** By which domains are compared; of a domain as a mailbox holds it. */
    static String asciiDomain(String domain) {
        if (!domain.startsWith("[")) {
            return isAscii(domain) ? domain : DomainName.parse(domain).ascii();
        }
        String literal = domain.substring(1, domain.length() - 1).toLowerCase(Locale.ROOT);
        return literal.startsWith(IPV6) ? "[IPv6:" + ipv6(literal.substring(IPV6.length())) + "]" : domain;
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

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
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

    private static boolean isOfAtextAndDots(String local) {
        for (int i = 0; i < local.length(); i++) {
            if (local.charAt(i) != '.' && !isAtext(local.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAtext(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c > 127
                || ATEXT_SPECIALS.indexOf(c) >= 0;
    }

    /** RFC 5321 section 4.1.3; of the tagged literals that it leaves room for, IPv6 is the only one registered. */
    private static void checkLiteral(String domain) {
        String literal = domain.endsWith("]") ? domain.substring(1, domain.length() - 1) : "";
        boolean valid = literal.regionMatches(true, 0, IPV6, 0, IPV6.length())
                ? isIpv6(literal.substring(IPV6.length()))
                : IPV4.matcher(literal).matches();
        if (!valid) {
            throw new IllegalArgumentException("An address literal is as [192.0.2.1] or [IPv6:2001:db8::1]");
        }
    }

    private static boolean isIpv6(String address) {
        if (!IPV6_CHARACTERS.matcher(address).matches()) {
            return false;
        }
        return !ipv6(address).isEmpty();
    }

    /** One text for each address; an empty one for what is none. */
    private static String ipv6(String address) {
        try {
            // With a colon in it the JDK never asks a name server.
            InetAddress read = InetAddress.getByName(address);
            // The JDK takes a mapped address for the IPv4 address in it; as a literal it is another.
            return read instanceof Inet4Address ? "::ffff:" + read.getHostAddress() : read.getHostAddress();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
