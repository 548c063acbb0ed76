package io.smtpra.queue.sending;

import io.smtpra.queue.RecipientState;
import io.smtpra.queue.claim.ClaimedMail;
import io.smtpra.queue.claim.MailResult;
import io.smtpra.queue.store.RecipientResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One attempt that has ended.
 *
 * @param mail which was sent
 * @param result what is recorded
 * @param late whether its sender is to be warned
 */
record Attempt(ClaimedMail mail, MailResult result, boolean late) {

    /**
     * Judges what came of an attempt: who is tried again and when, who is given up.
     *
     * @param again when it is tried again if somebody waits still
     */
    static Attempt ended(ClaimedMail mail, List<RecipientResult> results, Instant again, Instant now) {
        boolean expired = !now.isBefore(mail.expires());
        List<RecipientResult> judged = expired
                ? results.stream().map(Attempt::expire).toList() : results;
        boolean waits = judged.stream().anyMatch(result -> result.state() == RecipientState.WAITING);
        boolean aside = judged.stream().anyMatch(result -> result.state() == RecipientState.SET_ASIDE);
        Optional<Instant> next = waits ? Optional.of(notAfterTheEnd(mail, again)) : Optional.empty();
        boolean late = waits && mail.warnAt().filter(time -> !now.isBefore(time)).isPresent();
        return new Attempt(mail, new MailResult(mail.id(), judged, next, late, aside), late);
    }

    /** Never later than the end: then it is tried a last time. */
    private static Instant notAfterTheEnd(ClaimedMail mail, Instant again) {
        return again.isBefore(mail.expires()) ? again : mail.expires();
    }

    /** Those whom it will not reach: their sender is told. */
    List<RecipientResult> failed() {
        return result.recipients().stream()
                .filter(one -> one.state() == RecipientState.BOUNCED || one.state() == RecipientState.EXPIRED)
                .toList();
    }

    /** Whether there is something to tell its sender. */
    boolean isReported() {
        return late || !failed().isEmpty();
    }

    private static RecipientResult expire(RecipientResult result) {
        return result.state() == RecipientState.WAITING
                ? new RecipientResult(result.position(), RecipientState.EXPIRED, result.reply(), Optional.empty(),
                        Optional.empty())
                : result;
    }
}
