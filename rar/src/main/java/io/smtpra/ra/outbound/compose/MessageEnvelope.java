package io.smtpra.ra.outbound.compose;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.SmtpException;
import jakarta.mail.Address;
import jakarta.mail.Message;
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

    private static final List<Message.RecipientType> RECIPIENT_HEADERS =
            List.of(Message.RecipientType.TO, Message.RecipientType.CC, Message.RecipientType.BCC);

    private MessageEnvelope() {}

    public static Envelope of(MimeMessage message) throws SmtpException {
        try {
            Mailbox sender = sender(message).orElseThrow(
                    () -> new IllegalArgumentException("it has neither Sender nor From"));
            Set<Mailbox> recipients = new LinkedHashSet<>();
            for (Message.RecipientType header : RECIPIENT_HEADERS) {
                recipients.addAll(mailboxes(message.getRecipients(header)));
            }
            if (recipients.isEmpty()) {
                throw new IllegalArgumentException("it has neither To, nor Cc, nor Bcc");
            }
            Envelope.Builder envelope = Envelope.from(Optional.of(sender));
            recipients.forEach(recipient -> envelope.to(Recipient.of(recipient)));
            boolean ascii = sender.isAscii() && recipients.stream().allMatch(Mailbox::isAscii);
            return envelope.smtpUtf8(!ascii).build();
        } catch (MessagingException | IllegalArgumentException e) {
            throw new SmtpException(SmtpException.Phase.PREPARE,
                    "The message's headers tell no envelope: " + e.getMessage(), false, e);
        }
    }

    private static Optional<Mailbox> sender(MimeMessage message) throws MessagingException {
        Address sender = message.getSender();
        List<Mailbox> found = mailboxes(sender == null ? message.getFrom() : new Address[] {sender});
        return found.stream().findFirst();
    }

    private static List<Mailbox> mailboxes(Address[] addresses) throws MessagingException {
        List<Mailbox> found = new ArrayList<>();
        if (addresses != null) {
            for (Address address : addresses) {
                add((InternetAddress) address, found);
            }
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
