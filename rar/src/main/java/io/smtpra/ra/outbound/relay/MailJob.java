package io.smtpra.ra.outbound.relay;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.RecipientOutcome;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.transfer.SendResult;
import io.smtpra.ra.outbound.form.OutgoingContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is to be done for one mail at one next hop. */
final class MailJob {

    private final MailToSend mail;
    private final Routes.Part part;
    private final OutgoingContent content;
    /** Those of the same mail, this one included. */
    private final List<MailJob> whole;
    private List<RecipientOutcome> outcomes = List.of();
    private boolean out;
    private boolean refused;

    private MailJob(MailToSend mail, Routes.Part part, OutgoingContent content, List<MailJob> whole) {
        this.mail = mail;
        this.part = part;
        this.content = content;
        this.whole = whole;
    }

    static List<MailJob> of(MailToSend mail, RelayConfig config) {
        OutgoingContent content = config.outgoing(mail.envelope(), mail.content());
        List<MailJob> whole = new ArrayList<>(1);
        config.routes().parts(mail.envelope()).forEach(part -> whole.add(new MailJob(mail, part, content, whole)));
        return whole;
    }

    String id() {
        return mail.receipt().id();
    }

    /** By which ids it is found. */
    SendTrail trail() {
        return SendTrail.here(id(), content.messageId());
    }

    NextHop hop() {
        return part.hop();
    }

    Envelope envelope() {
        return part.envelope();
    }

    OutgoingContent content() {
        return content;
    }

    /** Whether the next hop has taken it. */
    boolean isOut() {
        return out;
    }

    /** Whether there is nothing more to do. */
    boolean isRefused() {
        return refused;
    }

    /** The next hop has taken it; with the last one of the mail the receipt is filled. */
    void out(SendResult result, Duration duration) {
        out = true;
        outcomes = result.recipients();
        if (whole.stream().allMatch(job -> job.out || job.refused)) {
            mail.receipt().sent(whole.size() == 1 ? outcomes : all(), result, duration);
        }
    }

    void failed(SmtpException e) {
        mail.receipt().failed(e);
    }

    /** All its recipients were refused, which does not matter if others of a partial mail are accepted elsewhere. */
    boolean isRefusedAlone(SmtpException e) {
        if (mail.envelope().partial() && e.phase() == SmtpException.Phase.RECIPIENT
                && whole.stream().anyMatch(job -> job != this && !job.refused)) {
            refused = true;
            outcomes = e.recipients();
            return true;
        }
        return false;
    }

    /** In the order of the envelope. */
    private List<RecipientOutcome> all() {
        Map<Mailbox, RecipientOutcome> byMailbox = new HashMap<>();
        whole.forEach(job -> job.outcomes.forEach(outcome -> byMailbox.putIfAbsent(outcome.recipient(), outcome)));
        return mail.envelope().recipients().stream()
                .filter(recipient -> byMailbox.containsKey(recipient.mailbox()))
                .map(recipient -> byMailbox.get(recipient.mailbox()))
                .toList();
    }
}
