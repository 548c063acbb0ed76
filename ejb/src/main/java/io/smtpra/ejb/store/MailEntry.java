package io.smtpra.ejb.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stored mail as a list shows it.
 *
 * @param id the id that the adapter gave it
 * @param received when it arrived
 * @param reversePath where failures are reported to; absent for the null reverse-path
 * @param recipients those of the envelope that whoever asks may see
 * @param author of its header, as people read it
 * @param subject decoded
 * @param preview the beginning of its text, on one line
 * @param messageId its {@code Message-ID}
 * @param size octets
 * @param attachments how many parts are listed below the text
 * @param undecodable why its parts cannot be shown, absent if they can
 * @param seen whether somebody has read it
 * @param origin how it came
 * @param bodyType of its envelope, the name of a {@link io.smtpra.BodyType}
 * @param smtpUtf8 whether its headers are in UTF-8
 * @param sender whether it is known who sent it; absent if that was not checked
 */
public record MailEntry(
        String id,
        Instant received,
        Optional<String> reversePath,
        List<String> recipients,
        String author,
        String subject,
        String preview,
        Optional<String> messageId,
        long size,
        int attachments,
        Optional<String> undecodable,
        boolean seen,
        Origin origin,
        String bodyType,
        boolean smtpUtf8,
        Optional<SenderProof> sender) {

    /** Copies the recipients. */
    public MailEntry {
        recipients = List.copyOf(recipients);
    }

    MailEntry withRecipients(List<String> those) {
        return new MailEntry(id, received, reversePath, those, author, subject, preview, messageId, size, attachments,
                undecodable, seen, origin, bodyType, smtpUtf8, sender);
    }

    /**
     * How a mail came.
     *
     * @param peer the address of the host that brought it
     * @param heloName how that host called itself
     * @param listener the name of a {@link io.smtpra.ListenerKind}
     * @param user as whom it authenticated
     * @param tlsProtocol absent if it came in plain text
     * @param tlsCipher absent if it came in plain text
     */
    public record Origin(String peer, String heloName, String listener, Optional<String> user,
            Optional<String> tlsProtocol, Optional<String> tlsCipher) {
    }
}
