package io.smtpra.ejb.store;

import java.util.Optional;

/**
 * A part of a stored mail.
 *
 * @param number its number, from 1, as the parts lie in the mail
 * @param name a name that can be given to a file
 * @param type type and subtype
 * @param size octets, decoded
 * @param contentId what HTML calls it by, without angle brackets
 * @param role what a mail program does with it
 */
public record StoredPart(int number, String name, String type, long size, Optional<String> contentId, Role role) {

    /** What a mail program does with a part. */
    public enum Role {
        /** Shown as the text. */
        TEXT,
        /** Shown within the HTML. */
        INLINE,
        /** Listed below. */
        ATTACHMENT
    }
}
