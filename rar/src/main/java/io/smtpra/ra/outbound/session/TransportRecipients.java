package io.smtpra.ra.outbound.session;

import io.smtpra.Mailbox;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.transfer.PartlySentException;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.ParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The recipients of one call, as the application knows them and as the envelope does. */
final class TransportRecipients {

    private final List<Entry> entries = new ArrayList<>();

    private TransportRecipients() {}

    /** Groups are replaced by their members. */
    static TransportRecipients of(Address[] addresses) throws MessagingException {
        if (addresses == null || addresses.length == 0) {
            throw new SendFailedException("No recipient addresses");
        }
        TransportRecipients recipients = new TransportRecipients();
        for (Address address : addresses) {
            if (!(address instanceof InternetAddress internetAddress)) {
                throw new MessagingException(address + " is not an InternetAddress");
            }
            for (InternetAddress member : members(internetAddress)) {
                recipients.entries.add(Entry.of(member));
            }
        }
        return recipients;
    }

    /** Each once, in their order. */
    Collection<Mailbox> mailboxes() {
        LinkedHashSet<Mailbox> mailboxes = new LinkedHashSet<>();
        entries.forEach(entry -> entry.mailbox.ifPresent(mailboxes::add));
        return mailboxes;
    }

    /** What is wrong with the first that is no mailbox; absent if all are. */
    Optional<String> fault() {
        return entries.stream().filter(entry -> entry.mailbox.isEmpty()).map(Entry::fault).findFirst();
    }

    /** Where each stands when the mail is held for all whose addresses are in order. */
    Fates held() {
        return fates(Map.of(), true, true);
    }

    /** Where each stands when nobody has the mail, and nobody was asked. */
    Fates unsent() {
        return fates(Map.of(), false, false);
    }

    /**
     * Where each stands when the mail is out. Of whom nothing was said, somebody else has it, if all mail is
     * redirected.
     */
    Fates sent(SendReceipt receipt) {
        return fates(replies(receipt.recipients()), true, true);
    }

    /** Where each stands when it is not; some may have it all the same. */
    Fates failed(SmtpException e) {
        return fates(replies(e.recipients()), false, e instanceof PartlySentException);
    }

    private static Map<Mailbox, Reply> replies(List<RecipientOutcome> outcomes) {
        Map<Mailbox, Reply> replies = new HashMap<>();
        outcomes.forEach(outcome -> replies.putIfAbsent(outcome.recipient(), outcome.reply()));
        return replies;
    }

    /**
     * Sorts them.
     *
     * @param unasked whether those have the mail of whom nothing was said
     * @param accepted whether those have it who were accepted
     */
    private Fates fates(Map<Mailbox, Reply> replies, boolean unasked, boolean accepted) {
        List<Address> sent = new ArrayList<>();
        List<Address> unsent = new ArrayList<>();
        List<Address> invalid = new ArrayList<>();
        for (Entry entry : entries) {
            Optional<Reply> reply = entry.mailbox.map(replies::get);
            if (entry.mailbox.isEmpty() || reply.filter(TransportRecipients::isOfTheAddress).isPresent()) {
                invalid.add(entry.address);
            } else if (reply.isEmpty() ? unasked : accepted && reply.get().isPositive()) {
                sent.add(entry.address);
            } else {
                unsent.add(entry.address);
            }
        }
        return new Fates(array(sent), array(unsent), array(invalid));
    }

    /** 552 says that there is no room, which passes (RFC 5321 section 4.2.3); so Angus has it. */
    private static boolean isOfTheAddress(Reply reply) {
        return reply.isPermanent() && reply.code() != 552;
    }

    private static Address[] array(List<Address> addresses) {
        return addresses.toArray(Address[]::new);
    }

    private static InternetAddress[] members(InternetAddress address) {
        if (address.isGroup()) {
            try {
                InternetAddress[] members = address.getGroup(false);
                if (members != null) {
                    return members;
                }
            } catch (ParseException e) {
                // It is no mailbox either.
            }
        }
        return new InternetAddress[] {address};
    }

    /**
     * Where the recipients of a mail stand: what Jakarta Mail's events and exceptions tell.
     *
     * @param sent they have it
     * @param unsent nothing speaks against them, and they do not have it
     * @param invalid they were refused for good, or are no mailboxes
     */
    record Fates(Address[] sent, Address[] unsent, Address[] invalid) {

        boolean areAllSent() {
            return unsent.length == 0 && invalid.length == 0;
        }
    }

    private record Entry(InternetAddress address, Optional<Mailbox> mailbox, String fault) {

        static Entry of(InternetAddress address) {
            String text = String.valueOf(address.getAddress());
            try {
                String path = text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
                return new Entry(address, Optional.of(Mailbox.parse(path).toAscii()), "");
            } catch (IllegalArgumentException e) {
                return new Entry(address, Optional.empty(),
                        "'" + text.replaceAll("\\p{Cntrl}", "?") + "' is no mailbox: " + e.getMessage());
            }
        }
    }
}
