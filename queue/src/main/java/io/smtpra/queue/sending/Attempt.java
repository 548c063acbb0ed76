package io.smtpra.queue.sending;

import io.smtpra.queue.RecipientState;
import io.smtpra.queue.store.ClaimedMail;
import io.smtpra.queue.store.MailResult;
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

    /** Judges what came of an attempt: who is tried again and when, who is given up. */
    static Attempt ended(ClaimedMail mail, List<RecipientResult> results, RetrySchedule schedule, Instant now) {
        boolean expired = !now.isBefore(mail.expires());
        List<RecipientResult> judged = expired
                ? results.stream().map(Attempt::expire).toList() : results;
        boolean waits = judged.stream().anyMatch(result -> result.state() == RecipientState.WAITING);
        boolean aside = judged.stream().anyMatch(result -> result.state() == RecipientState.SET_ASIDE);
        Optional<Instant> next = waits ? Optional.of(next(mail, schedule, now)) : Optional.empty();
        boolean late = waits && mail.warnAt().filter(time -> !now.isBefore(time)).isPresent();
        return new Attempt(mail, new MailResult(mail.id(), judged, next, late, aside), late);
    }

    /** Never later than the end: then it is tried a last time. */
    private static Instant next(ClaimedMail mail, RetrySchedule schedule, Instant now) {
        Instant next = now.plus(schedule.after(mail.attempts() + 1));
        return next.isBefore(mail.expires()) ? next : mail.expires();
    }

    private static RecipientResult expire(RecipientResult result) {
        return result.state() == RecipientState.WAITING
                ? new RecipientResult(result.position(), RecipientState.EXPIRED, result.reply(), Optional.empty(),
                        Optional.empty())
                : result;
    }
}
