package io.smtpra;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One recipient of an envelope: a forward-path with its parameters (RFC 5321 section 4.1.1.3, RFC 3461).
 *
 * @param mailbox where the mail goes
 * @param notifyOn when to notify the sender ({@code NOTIFY}); empty if the sender left it open
 * @param originalRecipient the recipient as the author wrote it, if given
 */
public record Recipient(Mailbox mailbox, Set<DsnNotify> notifyOn, Optional<OriginalRecipient> originalRecipient)
        implements Serializable {

    /**
     * Copies the set and refuses what RFC 3461 section 4.1 does not allow.
     *
     * @throws IllegalArgumentException if {@code NEVER} does not stand alone
     */
    public Recipient {
        Objects.requireNonNull(mailbox, "mailbox");
        Objects.requireNonNull(originalRecipient, "originalRecipient");
        notifyOn = notifyOn.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(notifyOn));
        if (notifyOn.contains(DsnNotify.NEVER) && notifyOn.size() > 1) {
            throw new IllegalArgumentException("NOTIFY=NEVER stands alone");
        }
    }

    /**
     * A recipient without parameters.
     *
     * @param mailbox where the mail goes
     * @return the recipient
     */
    public static Recipient of(Mailbox mailbox) {
        return new Recipient(mailbox, Set.of(), Optional.empty());
    }

    /**
     * A recipient without parameters.
     *
     * @param mailbox as {@code user@example.com}
     * @return the recipient
     * @throws IllegalArgumentException if that is not a mailbox
     */
    public static Recipient of(String mailbox) {
        return of(Mailbox.parse(mailbox));
    }

    /** An {@code Optional} is not serialisable. */
    private Object writeReplace() {
        return new Form(mailbox, new HashSet<>(notifyOn), originalRecipient.orElse(null));
    }

    private record Form(Mailbox mailbox, HashSet<DsnNotify> notifyOn, OriginalRecipient original)
            implements Serializable {

        private Object readResolve() {
            return new Recipient(mailbox, notifyOn, Optional.ofNullable(original));
        }
    }
}
