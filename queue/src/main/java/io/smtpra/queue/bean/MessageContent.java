package io.smtpra.queue.bean;

import io.smtpra.queue.store.MailInsertion;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;

/** A message as the octets that are stored. The application's object is not changed. */
final class MessageContent implements MailInsertion.ContentSource {

    private static final String[] NOT_SENT = {"Bcc", "Resent-Bcc", "Content-Length"};

    private final MimeMessage message;
    private final String domain;

    /**
     * The octets of a message.
     *
     * @param domain under which it gets a Message-ID if it has none
     */
    MessageContent(MimeMessage message, String domain) {
        this.message = message;
        this.domain = domain;
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        try {
            (isComplete() ? message : completed()).writeTo(target, NOT_SENT);
        } catch (MessagingException e) {
            throw new IOException("The message cannot be written: " + e.getMessage(), e);
        }
    }

    /** Whether it has all that saving adds; else writing it would save it, and so change the application's object. */
    private boolean isComplete() throws MessagingException {
        return message.getMessageID() != null && message.getSentDate() != null
                && message.getHeader("MIME-Version") != null && message.getHeader("Content-Type") != null;
    }

    private MimeMessage completed() throws MessagingException {
        MimeMessage copy = new Copy(domain, message.getMessageID() != null);
        for (Header header : Collections.list(message.getAllHeaders())) {
            copy.addHeader(header.getName(), header.getValue());
        }
        copy.setDataHandler(message.getDataHandler());
        if (copy.getSentDate() == null) {
            copy.setSentDate(new Date());
        }
        copy.saveChanges();
        return copy;
    }

    /** Keeps a Message-ID that is there. */
    private static final class Copy extends MimeMessage {

        private final String domain;
        private final boolean hasId;

        Copy(String domain, boolean hasId) {
            super(Session.getInstance(new Properties()));
            this.domain = domain;
            this.hasId = hasId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            if (!hasId) {
                setHeader("Message-ID", "<" + UUID.randomUUID() + "@" + domain + ">");
            }
        }
    }
}
