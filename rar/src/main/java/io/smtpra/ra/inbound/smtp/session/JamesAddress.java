package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.Mailbox;
import java.util.Optional;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;

/**
 * A mailbox as James writes it. What its {@code MailAddress} cannot express becomes a stand-in that is nobody's address
 * and never the null reverse-path: a domain in UTF-8 in its ASCII form; each other character of a local part as its
 * code in braces, {@code m{fc}ller}; an IPv6 literal as a name below {@code ipv6-literal.invalid}.
 */
final class JamesAddress {

    private static final String IPV6 = "[IPv6:";

    private JamesAddress() {}

    static MaybeSender sender(Optional<Mailbox> reversePath) {
        return reversePath.map(JamesAddress::of).map(MaybeSender::of).orElseGet(MaybeSender::nullSender);
    }

    static MailAddress of(Mailbox mailbox) {
        String text = mailbox.toString();
        try {
            return new MailAddress(text);
        } catch (AddressException | RuntimeException e) {
            return standIn(mailbox);
        }
    }

    private static MailAddress standIn(Mailbox mailbox) {
        try {
            return new MailAddress(localPart(mailbox.localPart()) + "@" + domain(mailbox));
        } catch (AddressException | RuntimeException e) {
            return unexpressible();
        }
    }

    private static MailAddress unexpressible() {
        try {
            return new MailAddress("unexpressible@unexpressible.invalid");
        } catch (AddressException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String localPart(String text) {
        StringBuilder written = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0);
            boolean dot = c == '.' && written.length() > 0 && written.charAt(written.length() - 1) != '.';
            if (plain || dot) {
                written.appendCodePoint(c);
            } else {
                written.append('{').append(Integer.toHexString(c)).append('}');
            }
        });
        return written.charAt(written.length() - 1) == '.' ? written.append("{}").toString() : written.toString();
    }

    private static String domain(Mailbox mailbox) {
        String text = mailbox.domain();
        if (text.regionMatches(true, 0, IPV6, 0, IPV6.length())) {
            return "x" + text.substring(IPV6.length(), text.length() - 1).replace(':', '-').replace('.', '-')
                    + "x.ipv6-literal.invalid";
        }
        return mailbox.asciiDomain();
    }
}
