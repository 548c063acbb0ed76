package io.smtpra.queue.sending;

import io.smtpra.Reply;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.claim.Claim;
import io.smtpra.queue.claim.ClaimedMail;
import io.smtpra.queue.claim.MailClaims;
import io.smtpra.queue.store.RecipientResult;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges mails that nobody tries, because their route is paused or left alone: those whose time is over are given up,
 * and the senders of those that are late hear of it.
 */
public final class LateMails {

    private static final Reply NOT_TRIED = Reply.of(451, "4.4.1", "The next hop is not being tried at this time");
    /** Nothing is sent under this lease, so that it need not last. */
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int AT_A_TIME = 50;

    private final MailClaims claims;
    private final Transactions transactions;
    private final Recorder recorder;
    private final Clock clock;

    /**
     * With all that it needs.
     *
     * @param claims what is late
     * @param transactions of the queue's own
     * @param recorder of what is decided
     * @param clock the time
     */
    public LateMails(MailClaims claims, Transactions transactions, Recorder recorder, Clock clock) {
        this.claims = claims;
        this.transactions = transactions;
        this.recorder = recorder;
        this.clock = clock;
    }

    /**
     * Judges some mails of one route.
     *
     * @param route which
     * @throws SQLException if the database refuses; what was not recorded is judged again
     */
    public void judge(String route) throws SQLException {
        Instant now = clock.instant();
        Claim claim = transactions.inNew(
                connection -> claims.late(connection, route, now, now.plus(LEASE), AT_A_TIME));
        recorder.record(claim.lease(), claim.mails().stream()
                .map(mail -> Attempt.ended(mail, waiting(mail), now, now)).toList());
    }

    private static List<RecipientResult> waiting(ClaimedMail mail) {
        return mail.positions().stream().map(position -> new RecipientResult(
                position, RecipientState.WAITING, NOT_TRIED, Optional.empty(), Optional.empty())).toList();
    }
}
