package io.smtpra.ra.inbound.mail;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.Peer;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** A mail as one bean sees it. */
public final class DeliveredMail implements InboundMail {

    private final ReceivedMail mail;
    private final Envelope envelope;
    private final MailParser parser;
    private final ExpiringContent content;
    private MimeMessage message;

    public DeliveredMail(ReceivedMail mail, Envelope envelope, MailParser parser) {
        this.mail = mail;
        this.envelope = envelope;
        this.parser = parser;
        this.content = new ExpiringContent(mail.content());
    }

    /** Ends its validity. */
    public void expire() {
        content.close();
    }

    @Override
    public String id() {
        return mail.id();
    }

    @Override
    public Instant receivedAt() {
        return mail.receivedAt();
    }

    @Override
    public Envelope envelope() {
        return envelope;
    }

    @Override
    public Peer peer() {
        return mail.peer();
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public InputStream content() throws IOException {
        return content.open();
    }

    @Override
    public synchronized MimeMessage message() throws MessagingException {
        content.requireOpen();
        if (message == null) {
            message = parser.parse(content);
        }
        return message;
    }

    @Override
    public String toString() {
        return "mail " + mail.id();
    }
}
