package io.smtpra.ra.inbound.mail;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.Peer;
import io.smtpra.authenticity.Authenticity;
import io.smtpra.mail.MailView;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** A mail as one bean sees it. */
public final class DeliveredMail implements InboundMail {

    private final ReceivedMail mail;
    private final Envelope envelope;
    private final MailParser parser;
    private final ExpiringContent content;
    private Optional<MailView> view = Optional.empty();
    private Optional<MimeMessage> message = Optional.empty();

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
    public Authenticity authenticity() {
        return mail.authenticity();
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
    public synchronized MailView view() throws IOException {
        content.requireOpen();
        if (view.isEmpty()) {
            view = Optional.of(parser.view(content));
        }
        return view.get();
    }

    @Override
    public synchronized MimeMessage message() throws MessagingException {
        content.requireOpen();
        if (message.isEmpty()) {
            try {
                message = Optional.of(parser.message(view()));
            } catch (IOException e) {
                throw new MessagingException("The mail cannot be read", e);
            }
        }
        return message.get();
    }

    @Override
    public String toString() {
        return "mail " + mail.id();
    }
}
