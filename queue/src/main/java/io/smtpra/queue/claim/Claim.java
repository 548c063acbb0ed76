package io.smtpra.queue.claim;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one claim brought.
 *
 * @param lease what tells this claim from others
 * @param until when another node may take these mails over
 * @param mails what may be sent
 * @param unreadable mails whose rows make no mail, with the reason
 */
public record Claim(long lease, Instant until, List<ClaimedMail> mails, Map<Long, String> unreadable) {

    /** Whether there was nothing to claim. */
    public boolean isEmpty() {
        return mails.isEmpty() && unreadable.isEmpty();
    }
}
