package io.smtpra.ejb.store;

import java.util.List;
import java.util.Optional;

/**
 * Some of the mails of a list, the newest first.
 *
 * @param mails those of this page
 * @param next where the next page begins; absent on the last one
 * @param total how many there are on all pages
 * @param unread how many of these nobody has read
 */
public record MailPage(List<MailEntry> mails, Optional<String> next, long total, long unread) {

    /** Copies the mails. */
    public MailPage {
        mails = List.copyOf(mails);
    }
}
