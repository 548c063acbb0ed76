package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A mail in the making: the sender, the recipients accepted so far, and with {@code BDAT} the content so far. */
public final class MailTransaction {

    private final String id;
    private final Sender sender;
    private final long begun = System.nanoTime();
    private final Map<Mailbox, Recipient> recipients = new LinkedHashMap<>();
    private Optional<UnfinishedContent> content = Optional.empty();
    private Optional<String> messageId = Optional.empty();

    public MailTransaction(String id, Sender sender) {
        this.id = id;
        this.sender = sender;
    }

    /** The id under which the mail will be known. */
    public String id() {
        return id;
    }

    public Sender sender() {
        return sender;
    }

    /** How long ago MAIL was said. */
    long milliseconds() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    public void add(Recipient recipient) {
        recipients.putIfAbsent(recipient.mailbox(), recipient);
    }

    public boolean has(Mailbox mailbox) {
        return recipients.containsKey(mailbox);
    }

    public List<Recipient> recipients() {
        return new ArrayList<>(recipients.values());
    }

    public int recipientCount() {
        return recipients.size();
    }

    /** Whether {@code BDAT} has begun; from then on nothing but {@code BDAT} goes on with this mail (RFC 3030). */
    public Optional<UnfinishedContent> content() {
        return content;
    }

    public void begin(UnfinishedContent received) {
        content = Optional.of(received);
    }

    /** The {@code Message-ID} of the content, once it has been seen; fit for a line of the log. */
    public Optional<String> messageId() {
        return messageId;
    }

    public void messageId(Optional<String> found) {
        messageId = found;
    }

    /** Frees what has been received so far. */
    void abandon(String reason) {
        content.ifPresent(received -> received.abandon(reason));
    }

    public Envelope envelope() {
        return new Envelope(sender.reversePath(), recipients(), sender.bodyType(), sender.smtpUtf8(),
                sender.requireTls(), sender.dsnReturn(), sender.envelopeId(), false);
    }
}
