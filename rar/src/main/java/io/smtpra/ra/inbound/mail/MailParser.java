package io.smtpra.ra.inbound.mail;

import io.smtpra.mail.MailLimits;
import io.smtpra.mail.MailView;
import io.smtpra.ra.config.PropertyReader;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Properties;

/**
 * Parses contents. The one place where the Jakarta Mail session of received messages is set up.
 *
 * <p>Much of what Jakarta Mail does with a message that it has read hangs on system properties, which belong to the
 * whole server. So the messages do not ask Jakarta Mail: {@link ReceivedMessage} and its parts answer from the API's
 * view.
 */
public final class MailParser {

    private final Session session;
    private final MailLimits limits;

    /**
     * A parser.
     *
     * @param hostName this host's name: messages that beans make from a mail's session (replies, say) are given ids
     *     with it, where Jakarta Mail would look up the host's name at each of them
     * @param limits how far mails are looked into
     */
    public MailParser(String hostName, MailLimits limits) {
        this.limits = limits;
        Properties properties = new Properties();
        properties.setProperty("mail.host", hostName);
        properties.setProperty("mail.from", "postmaster@" + hostName);
        // RFC 6532: what a bean puts into a message made from this session may be UTF-8, as what has come may be
        properties.setProperty("mail.mime.allowutf8", "true");
        // what a bean copies from a header into an answer need not be an address that RFC 5322 allows
        properties.setProperty("mail.mime.address.strict", "false");
        session = Session.getInstance(properties);
    }

    /**
     * Reads how far mails are looked into.
     *
     * @param reader the properties
     * @return the limits
     */
    public static MailLimits readLimits(PropertyReader reader) {
        return new MailLimits(
                reader.number("maxMimeDepth", 1, MailLimits.MOST_DEPTH),
                reader.number("maxMimeParts", 1, MailLimits.MOST_PARTS),
                (int) reader.size("maxHeaderSize", 1, MailLimits.MOST_OCTETS),
                (int) reader.size("maxTextSize", 1, MailLimits.MOST_OCTETS));
    }

    /** The view of a content. */
    MailView view(ExpiringContent content) throws IOException {
        return MailView.of(content, limits);
    }

    /** The message that a view shows, whose body stays where it is. */
    MimeMessage message(MailView view) throws MessagingException {
        try {
            return new ReceivedMessage(session, view.root());
        } catch (IOException e) {
            throw new MessagingException("The mail cannot be read", e);
        }
    }
}
