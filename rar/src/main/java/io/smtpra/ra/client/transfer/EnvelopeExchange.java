package io.smtpra.ra.client.transfer;

import io.smtpra.Recipient;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.Conversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands the envelope over: MAIL, RCPT for each recipient, and DATA where the content does not go by BDAT. With PIPELINING
 * (RFC 2920) they go in groups of one write each.
 */
final class EnvelopeExchange {

    /** So many recipients go in one group: both sides write without reading, and their buffers have an end. */
    private static final int GROUP = 100;

    private final Conversation conversation;
    private final EnvelopeCommands commands;
    private final List<Recipient> recipients;
    private final boolean partial;
    private final boolean byData;
    private List<RecipientOutcome> outcomes;
    private Optional<Reply> dataReply = Optional.empty();

    /**
     * An exchange.
     *
     * @param recipients those of this transaction
     * @param partial whether the mail goes to those of them who are accepted
     * @param byData whether the content follows by DATA
     */
    EnvelopeExchange(Conversation conversation, EnvelopeCommands commands, List<Recipient> recipients, boolean partial,
            boolean byData) {
        this.conversation = conversation;
        this.commands = commands;
        this.recipients = recipients;
        this.partial = partial;
        this.byData = byData;
        this.outcomes = new ArrayList<>(recipients.size());
    }

    /**
     * Hands it over.
     *
     * @param kept whether the connection has served before: then a refusal for now may be of the connection, not of the mail
     * @return what was said to each recipient; now the content is to follow. Recipients at the end whom the next hop takes
     *     in a further transaction alone are left out
     * @throws SmtpException if the mail cannot go on; if the connection is open, it is ready for the next mail
     */
    List<RecipientOutcome> run(boolean pipelining, boolean kept) throws SmtpException {
        Reply mail = pipelining ? pipelined() : oneByOne();
        if (kept && mail.isTransient()) {
            throw conversation.wornOut(Phase.MAIL, mail);
        }
        outcomes = outcomes.subList(0, withoutTooMany());
        Optional<SmtpException> refusal = refusal(mail);
        if (refusal.isPresent()) {
            throw undone(mail.isPositive(), refusal.get());
        }
        if (byData) {
            beginData();
        }
        return outcomes;
    }

    private Reply oneByOne() throws SmtpException {
        Reply mail = checked(Phase.MAIL, conversation.ask(Phase.MAIL, commands.mail()));
        if (mail.isPositive()) {
            for (Recipient recipient : recipients) {
                Reply reply = conversation.ask(Phase.RECIPIENT, commands.rcpt(recipient));
                outcomes.add(new RecipientOutcome(recipient.mailbox(), checked(Phase.RECIPIENT, reply)));
                if (withoutTooMany() < outcomes.size()) {
                    break;
                }
            }
        }
        return mail;
    }

    private Reply pipelined() throws SmtpException {
        Duration timeout = conversation.timeouts().command();
        // After a 354 there is no way back but to close, so DATA goes along only if it can do no harm: to a mail without
        // any accepted recipient a lone dot is the answer (RFC 2920 section 3.1).
        boolean withData = byData && recipients.size() <= GROUP && (partial || recipients.size() == 1);
        Reply mail = null;
        conversation.say(Phase.MAIL, commands.mail());
        for (int from = 0; from < recipients.size() && (mail == null || mail.isPositive())
                && withoutTooMany() == outcomes.size(); from += GROUP) {
            int to = Math.min(from + GROUP, recipients.size());
            for (int i = from; i < to; i++) {
                conversation.say(Phase.RECIPIENT, commands.rcpt(recipients.get(i)));
            }
            if (withData) {
                conversation.say(Phase.DATA, "DATA");
            }
            conversation.flush(mail == null ? Phase.MAIL : Phase.RECIPIENT, timeout);
            if (mail == null) {
                mail = checked(Phase.MAIL, conversation.hear(Phase.MAIL, timeout));
            }
            for (int i = from; i < to; i++) {
                Reply reply = checked(Phase.RECIPIENT, conversation.hear(Phase.RECIPIENT, timeout));
                outcomes.add(new RecipientOutcome(recipients.get(i).mailbox(), reply));
            }
        }
        if (withData) {
            dataReply = Optional.of(conversation.hear(Phase.DATA, conversation.timeouts().dataInitiation()));
        }
        return mail;
    }

    /**
     * RFC 5321 section 4.5.3.1.10: behind some that were accepted, 452, and 552 from old servers, says that there are too
     * many recipients for one transaction; unless an enhanced code says something else, as of a full mailbox.
     *
     * @return how many stand before those
     */
    private int withoutTooMany() {
        int count = outcomes.size();
        while (count > 0 && isOfTooMany(outcomes.get(count - 1).reply())) {
            count--;
        }
        return outcomes.subList(0, count).stream().anyMatch(RecipientOutcome::isAccepted) ? count : outcomes.size();
    }

    private static boolean isOfTooMany(Reply reply) {
        return (reply.code() == 452 || reply.code() == 552) && reply.enhancedStatusCode()
                .map(status -> status.subject() == 5 && status.detail() == 3).orElse(true);
    }

    private Optional<SmtpException> refusal(Reply mail) {
        if (!mail.isPositive()) {
            return Optional.of(new SmtpException(
                    Phase.MAIL, conversation.peer() + " refused the sender", mail, List.of()));
        }
        int accepted = 0;
        for (RecipientOutcome outcome : outcomes) {
            accepted += outcome.isAccepted() ? 1 : 0;
        }
        if (accepted == outcomes.size() || partial && accepted > 0) {
            return Optional.empty();
        }
        List<Reply> refusals = outcomes.stream()
                .map(RecipientOutcome::reply).filter(reply -> !reply.isPositive()).toList();
        // If one is refused for good, trying again is of no use whatever the others say.
        Reply decisive = refusals.stream().filter(Reply::isPermanent).findFirst().orElse(refusals.get(0));
        return Optional.of(new SmtpException(Phase.RECIPIENT, conversation.peer() + " refused " + refusals.size() + " of "
                + outcomes.size() + " recipients", decisive, outcomes));
    }

    private void beginData() throws SmtpException {
        if (dataReply.isEmpty()) {
            dataReply = Optional.of(conversation.ask(Phase.DATA, "DATA", conversation.timeouts().dataInitiation()));
        }
        Reply reply = dataReply.get();
        if (!reply.isPositive()) {
            throw undone(true, new SmtpException(
                    Phase.DATA, conversation.peer() + " takes no content", reply, outcomes));
        }
        if (reply.code() != 354) {
            throw conversation.violated(Phase.DATA, "it answers DATA with " + reply.code());
        }
        conversation.beginContent();
    }

    /** Makes the connection ready for the next mail, or gives it up. */
    private SmtpException undone(boolean begun, SmtpException refusal) {
        try {
            if (dataReply.filter(reply -> reply.code() == 354).isPresent()) {
                if (outcomes.stream().anyMatch(RecipientOutcome::isAccepted)) {
                    // A dot would send an empty mail.
                    conversation.abort();
                    return refusal;
                }
                conversation.ask(Phase.END_OF_DATA, ".", conversation.timeouts().endOfData());
            }
            if (begun) {
                conversation.reset();
            }
        } catch (SmtpException e) {
            refusal.addSuppressed(e);
        }
        return refusal;
    }

    /** Neither MAIL nor RCPT can be answered with 3xx (RFC 5321 section 4.3.2). */
    private Reply checked(Phase phase, Reply reply) throws SmtpException {
        if (reply.code() >= 300 && reply.code() < 400) {
            throw conversation.violated(phase, "it answers the envelope with " + reply.code());
        }
        return reply;
    }
}
