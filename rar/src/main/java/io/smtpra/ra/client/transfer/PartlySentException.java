package io.smtpra.ra.client.transfer;

import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mail went in several transactions, as its next hop takes no more recipients in one, and a later one of them failed:
 * some recipients have the mail, and whoever sends it again sends it to them twice.
 */
public final class PartlySentException extends SmtpException {

    private static final long serialVersionUID = 1L;

    private final transient List<RecipientOutcome> recipients;
    private final transient Optional<Reply> reply;

    /**
     * A failure.
     *
     * @param peer the next hop
     * @param sent what was said to the recipients of the transactions that went through
     * @param total how many recipients the mail has
     * @param failure of the rest, of whom nobody has the mail, whatever was said to some of them
     */
    PartlySentException(String peer, List<RecipientOutcome> sent, int total, SmtpException failure) {
        super(failure.phase(), peer + " has taken the mail for "
                + sent.stream().filter(RecipientOutcome::isAccepted).count() + " of its " + total
                + " recipients, but then: " + failure.getMessage(), failure.isRetryable(), failure);
        this.recipients = Stream.concat(sent.stream(),
                failure.recipients().stream().filter(outcome -> !outcome.isAccepted())).toList();
        this.reply = failure.reply();
    }

    @Override
    public List<RecipientOutcome> recipients() {
        return recipients == null ? List.of() : recipients;
    }

    @Override
    public Optional<Reply> reply() {
        return reply == null ? Optional.empty() : reply;
    }
}
