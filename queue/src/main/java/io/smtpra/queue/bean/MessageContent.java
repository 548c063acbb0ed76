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

/** A message as the octets that are stored. The application's object is not changed. */
final class MessageContent implements MailInsertion.ContentSource {

    private static final String[] NOT_SENT = {"Bcc", "Resent-Bcc", "Content-Length"};

    private final MimeMessage message;

    MessageContent(MimeMessage message) {
        this.message = message;
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
        MimeMessage copy = new Copy(message.getMessageID() != null);
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

        private final boolean hasId;

        Copy(boolean hasId) {
            super(Session.getInstance(new Properties()));
            this.hasId = hasId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            if (!hasId) {
                super.updateMessageID();
            }
        }
    }
}
