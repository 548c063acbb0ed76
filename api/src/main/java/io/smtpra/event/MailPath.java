package io.smtpra.event;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * From whom to whom a mail goes.
 *
 * @param reversePath who sends it, absent for the null reverse-path
 * @param recipients to whom, the first {@value #MOST_SHOWN} of them
 * @param recipientCount how many recipients it has
 */
public record MailPath(Optional<Mailbox> reversePath, List<Mailbox> recipients, int recipientCount) {

    /** As many recipients are in an event. */
    public static final int MOST_SHOWN = 10;

    /** Copies the list and refuses nulls. */
    public MailPath {
        Objects.requireNonNull(reversePath, "reversePath");
        recipients = List.copyOf(recipients);
    }

    /**
     * The path of a mail.
     *
     * @param reversePath who sends it
     * @param recipients all to whom it goes
     * @return the path with the first of them
     */
    public static MailPath of(Optional<Mailbox> reversePath, List<Recipient> recipients) {
        List<Mailbox> shown = new ArrayList<>(Math.min(recipients.size(), MOST_SHOWN));
        for (Recipient recipient : recipients.subList(0, Math.min(recipients.size(), MOST_SHOWN))) {
            shown.add(recipient.mailbox());
        }
        return new MailPath(reversePath, shown, recipients.size());
    }

    /**
     * The path of an envelope.
     *
     * @param envelope who sends it to whom
     * @return the path with the first of its recipients
     */
    public static MailPath of(Envelope envelope) {
        return of(envelope.reversePath(), envelope.recipients());
    }
}
