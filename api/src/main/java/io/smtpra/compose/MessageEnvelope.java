package io.smtpra.compose;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.SmtpException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The envelope that a message's headers tell (RFC 5322 section 3.6.2 and 3.6.3). */
public final class MessageEnvelope {

    private static final List<String> RECIPIENT_HEADERS = List.of("To", "Cc", "Bcc");

    private MessageEnvelope() {}

    /**
     * Reads the headers.
     *
     * @param message a message
     * @return from its {@code Sender} or first {@code From} to all of {@code To}, {@code Cc} and {@code Bcc}
     * @throws SmtpException if one of them holds no mailboxes, or there is no sender or no recipient
     */
    public static Envelope of(MimeMessage message) throws SmtpException {
        try {
            Mailbox sender = sender(message).orElseThrow(
                    () -> new IllegalArgumentException("it has neither Sender nor From"));
            Set<Mailbox> recipients = new LinkedHashSet<>();
            for (String header : RECIPIENT_HEADERS) {
                recipients.addAll(mailboxes(message, header));
            }
            if (recipients.isEmpty()) {
                throw new IllegalArgumentException("it has neither To, nor Cc, nor Bcc");
            }
            Envelope.Builder envelope = Envelope.from(Optional.of(sender));
            recipients.forEach(recipient -> envelope.to(Recipient.of(recipient)));
            boolean utf8 = sender.needsSmtpUtf8() || recipients.stream().anyMatch(Mailbox::needsSmtpUtf8);
            return envelope.smtpUtf8(utf8).build();
        } catch (IllegalArgumentException e) {
            throw new SmtpException(SmtpException.Phase.PREPARE,
                    "The message's headers tell no envelope: " + e.getMessage(), false, e);
        }
    }

    /**
     * Who sends a message.
     *
     * @param message a message
     * @return its {@code Sender} or first {@code From}
     * @throws IllegalArgumentException if that is no mailbox
     */
    public static Optional<Mailbox> sender(MimeMessage message) {
        return first(message, "Sender").or(() -> first(message, "From"));
    }

    /** The first of those that a message is from; absent if it tells none that can be read. */
    static Optional<Mailbox> author(MimeMessage message) {
        try {
            return first(message, "From");
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Mailbox> first(MimeMessage message, String header) {
        return mailboxes(message, header).stream().findFirst();
    }

    private static List<Mailbox> mailboxes(MimeMessage message, String header) {
        List<Mailbox> found = new ArrayList<>();
        try {
            String value = message.getHeader(header, ",");
            if (value != null) {
                // What an address is, Mailbox decides; Jakarta Mail's own check knows less of what is in use.
                for (InternetAddress address
                        : InternetAddress.parseHeader(HeaderCharset.of(message).text(value), false)) {
                    add(address, found);
                }
            }
        } catch (MessagingException e) {
            throw new IllegalArgumentException(header + " cannot be read: " + e.getMessage(), e);
        }
        return found;
    }

    private static void add(InternetAddress address, List<Mailbox> found) throws MessagingException {
        if (!address.isGroup()) {
            found.add(mailbox(address.getAddress()));
            return;
        }
        InternetAddress[] members = address.getGroup(false);
        if (members != null) {
            for (InternetAddress member : members) {
                found.add(mailbox(member.getAddress()));
            }
        }
    }

    /** A domain of another script goes out in its ASCII form, so that the next hop need not know SMTPUTF8. */
    private static Mailbox mailbox(String address) {
        return Mailbox.parse(address).toAscii();
    }
}
