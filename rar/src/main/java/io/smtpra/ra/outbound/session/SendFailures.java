package io.smtpra.ra.outbound.session;

import io.smtpra.Reply;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpException.Phase;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.transfer.PartlySentException;
import io.smtpra.ra.outbound.session.TransportRecipients.Fates;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.Comparator;
import java.util.List;

/**
 * Says in Jakarta Mail's exceptions what went wrong, so that an application that tells them apart goes on to do so: the
 * mail was refused ({@link SendFailedException}), the credentials were, or nobody was there to refuse anything. The
 * next exception of each is the {@link SmtpException}.
 */
final class SendFailures {

    private SendFailures() {}

    static MessagingException of(SmtpException e, TransportRecipients recipients) {
        return switch (e.phase()) {
            case AUTHENTICATE -> new AuthenticationFailedException(e.getMessage(), e);
            case CONNECT, HELLO, TLS -> new MessagingException(e.getMessage(), e);
            // What may succeed later, as an exhausted pool, says nothing of the mail.
            case PREPARE -> e.isRetryable()
                    ? new MessagingException(e.getMessage(), e) : failed(e, recipients.unsent());
            case MAIL, RECIPIENT, DATA, END_OF_DATA -> isLost(e)
                    ? new MessagingException(e.getMessage(), e) : failed(e, recipients.failed(e));
        };
    }

    /** The connection went, which says nothing of the mail; unless some have it. */
    private static boolean isLost(SmtpException e) {
        return !(e instanceof PartlySentException) && e.reply().map(reply -> reply.code() == 421).orElse(true);
    }

    /** An address is no mailbox. */
    static SendFailedException malformed(String fault, Fates fates) {
        return failed(new SmtpException(Phase.PREPARE, fault, false, null), fates);
    }

    /** The mail is out, but not to all. */
    static SendFailedException partly(SendReceipt receipt, Fates fates) {
        List<Reply> refusals = receipt.recipients().stream().filter(outcome -> !outcome.isAccepted())
                .map(outcome -> outcome.reply()).sorted(Comparator.comparing(Reply::code).reversed()).toList();
        return failed(new SmtpException(Phase.RECIPIENT, "The next hop has taken the mail " + receipt.id()
                + ", and refused " + refusals.size() + " of its recipients", refusals.get(0),
                receipt.recipients()), fates);
    }

    private static SendFailedException failed(SmtpException e, Fates fates) {
        return new SendFailedException(e.getMessage(), e, fates.sent(), fates.unsent(), fates.invalid());
    }
}
