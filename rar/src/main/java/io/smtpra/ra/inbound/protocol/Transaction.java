package io.smtpra.ra.inbound.protocol;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A mail in the making: the sender, the recipients accepted so far, and with {@code BDAT} the content so far. */
final class Transaction {

    private final String id;
    private final Sender sender;
    private final long begun = System.nanoTime();
    private final Map<String, Recipient> recipients = new LinkedHashMap<>();
    private Optional<ContentIntake> content = Optional.empty();

    Transaction(String id, Sender sender) {
        this.id = id;
        this.sender = sender;
    }

    /** The id under which the mail will be known. */
    String id() {
        return id;
    }

    Sender sender() {
        return sender;
    }

    /** How long ago MAIL was said. */
    long milliseconds() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    void add(Recipient recipient) {
        recipients.putIfAbsent(key(recipient.mailbox()), recipient);
    }

    boolean has(Mailbox mailbox) {
        return recipients.containsKey(key(mailbox));
    }

    List<Recipient> recipients() {
        return new ArrayList<>(recipients.values());
    }

    int recipientCount() {
        return recipients.size();
    }

    /** Whether {@code BDAT} has begun; from then on nothing but {@code BDAT} goes on with this mail (RFC 3030). */
    Optional<ContentIntake> content() {
        return content;
    }

    void begin(ContentIntake intake) {
        content = Optional.of(intake);
    }

    /** Frees what has been received so far. */
    void abandon(String reason) {
        content.ifPresent(intake -> intake.abandon(reason));
    }

    Envelope envelope() {
        return new Envelope(sender.reversePath(), recipients(), sender.bodyType(), sender.smtpUtf8(),
                sender.requireTls(), sender.dsnReturn(), sender.envelopeId());
    }

    /** Domains compare whatever their case; local parts are the recipient's own business (RFC 5321 section 2.4). */
    private static String key(Mailbox mailbox) {
        return mailbox.localPart() + "@" + mailbox.domain().toLowerCase(Locale.ROOT);
    }
}
