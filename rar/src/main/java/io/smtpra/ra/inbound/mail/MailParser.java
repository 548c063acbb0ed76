package io.smtpra.ra.inbound.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** Parses contents. */
public final class MailParser {

    private final Session session;

    /**
     * A parser.
     *
     * @param hostName this host's name: messages that beans make from a mail's session (replies, say) are given ids with
     *     it, where Jakarta Mail would look up the host's name at each of them
     */
    public MailParser(String hostName) {
        Properties properties = new Properties();
        properties.setProperty("mail.host", hostName);
        properties.setProperty("mail.from", "postmaster@" + hostName);
        session = Session.getInstance(properties);
    }

    /** Parses a content, whose body stays where it is. */
    MimeMessage parse(ExpiringContent content) throws MessagingException {
        return new MimeMessage(session, content.open());
    }
}
