package io.smtpra.queue.sending;

import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SendReceipt.State;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpException.Phase;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.claim.ClaimedMail;
import io.smtpra.queue.store.RecipientResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one attempt means for each recipient, and for the next hop.
 *
 * @param results one for each recipient of the attempt, in their order
 * @param nextHopFailed whether it was the next hop's fault as a whole, so that others need not try it now
 * @param unknown whether the content was sent whole and never answered, so that the next hop may have the mail
 */
record AttemptOutcome(List<RecipientResult> results, boolean nextHopFailed, boolean unknown) {

    private static final int SERVICE_NOT_AVAILABLE = 421;

    /** What the connection factory has to tell: the next hop has taken it, for all or for some, or it says why not. */
    static AttemptOutcome of(ClaimedMail mail, SendReceipt receipt) {
        if (receipt.failure().isPresent()) {
            return of(mail, receipt.failure().get(), receipt.state() == State.UNKNOWN);
        }
        return taken(mail, receipt);
    }

    private static AttemptOutcome taken(ClaimedMail mail, SendReceipt receipt) {
        Reply end = receipt.reply().orElseGet(() -> Reply.of(250, "2.0.0", "Accepted"));
        Optional<String> tls = receipt.tls().map(AttemptOutcome::text);
        List<RecipientOutcome> outcomes = receipt.recipients();
        List<RecipientResult> results = new ArrayList<>();
        for (int i = 0; i < mail.positions().size(); i++) {
            Reply reply = i < outcomes.size() ? outcomes.get(i).reply() : end;
            results.add(reply.isPositive()
                    ? new RecipientResult(mail.positions().get(i), RecipientState.SENT, end, receipt.queueId(), tls)
                    : refused(mail.positions().get(i), reply));
        }
        return new AttemptOutcome(results, false, false);
    }

    /** It was refused, or something failed on the way; only a missing reply to the content leaves it unknown. */
    static AttemptOutcome of(ClaimedMail mail, SmtpException failure) {
        return of(mail, failure, failure.isUnanswered());
    }

    private static AttemptOutcome of(ClaimedMail mail, SmtpException failure, boolean unknown) {
        Reply forAll = reply(failure);
        List<RecipientOutcome> outcomes = failure.phase() == Phase.RECIPIENT ? failure.recipients() : List.of();
        List<RecipientResult> results = new ArrayList<>();
        for (int i = 0; i < mail.positions().size(); i++) {
            boolean refusedItself = i < outcomes.size() && !outcomes.get(i).reply().isPositive();
            results.add(refused(mail.positions().get(i), refusedItself ? outcomes.get(i).reply() : forAll));
        }
        return new AttemptOutcome(results, nextHopFailed(failure), unknown);
    }

    /** The content cannot be read from the database: no attempt will go better until somebody has looked at it. */
    static AttemptOutcome unreadable(List<Integer> positions, String reason) {
        Reply reply = unreadable(reason);
        return new AttemptOutcome(positions.stream().map(position -> new RecipientResult(
                position, RecipientState.SET_ASIDE, reply, Optional.empty(), Optional.empty())).toList(), false, false);
    }

    /** What is recorded of a mail that cannot be read. */
    static Reply unreadable(String reason) {
        return Reply.of(451, "4.3.0", printable(reason));
    }

    private static RecipientResult refused(int position, Reply reply) {
        return new RecipientResult(position, reply.isPermanent() ? RecipientState.BOUNCED : RecipientState.WAITING,
                reply, Optional.empty(), Optional.empty());
    }

    /**
     * What is said of the mail as a whole. Before {@code MAIL} nothing was said of this mail, so that a refusal there,
     * of the password say, is the next hop's and no reason to give the mail up.
     */
    private static Reply reply(SmtpException failure) {
        boolean ofTheMail = failure.phase().compareTo(Phase.MAIL) >= 0;
        if (failure.reply().isPresent()) {
            Reply reply = failure.reply().get();
            return ofTheMail || !reply.isPermanent()
                    ? reply : Reply.of(451, "4.4.0", printable(failure.getMessage()));
        }
        if (failure.phase() == Phase.PREPARE && !failure.isRetryable()) {
            return Reply.of(554, "5.6.0", printable(failure.getMessage()));
        }
        if (failure.phase() == Phase.END_OF_DATA) {
            return Reply.of(451, "4.4.2", printable("No answer to the content, which may have been taken: "
                    + failure.getMessage()));
        }
        return Reply.of(451, "4.4.0", printable(failure.getMessage()));
    }

    private static boolean nextHopFailed(SmtpException failure) {
        if (failure.phase() == Phase.PREPARE) {
            return false;
        }
        return failure.phase().compareTo(Phase.MAIL) < 0
                || failure.reply().isEmpty()
                || failure.reply().get().code() == SERVICE_NOT_AVAILABLE;
    }

    private static String text(TlsFacts facts) {
        return facts.protocol() + " " + facts.cipherSuite();
    }

    private static String printable(String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ");
    }
}
