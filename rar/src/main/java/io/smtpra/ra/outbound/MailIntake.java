package io.smtpra.ra.outbound;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpException;
import io.smtpra.compose.MessageEnvelope;
import io.smtpra.ra.message.Content;
import io.smtpra.ra.outbound.form.ApplicationContent;
import io.smtpra.ra.outbound.relay.Dispatch;
import io.smtpra.ra.outbound.relay.MailToSend;
import io.smtpra.ra.outbound.relay.Receipt;
import io.smtpra.ra.outbound.transaction.Branch;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes mails over from an application: gives them their envelope and their octets, refuses what can be known to be
 * refused, and holds them for a transaction or sends them at once.
 */
final class MailIntake {

    private final OutboundContext context;
    private final Dispatch dispatch;

    MailIntake(OutboundContext context, Dispatch dispatch) {
        this.context = context;
        this.dispatch = dispatch;
    }

    /** A message with the envelope that its headers tell. */
    SendReceipt take(MimeMessage message, Wait wait) throws SmtpException {
        return take(addressed(MessageEnvelope.of(required(message))), message, wait);
    }

    /** An envelope that headers tell, with the reverse-path that is configured for such. */
    Envelope addressed(Envelope told) {
        return context.config().addressing().reversePath().map(required(told)::withReversePath).orElse(told);
    }

    /** A message with an envelope of its own. */
    SendReceipt take(Envelope envelope, MimeMessage message, Wait wait) throws SmtpException {
        Receipt receipt = context.relay().newReceipt();
        Content content = context.contents().take(required(message), receipt.id(), required(envelope));
        return pass(MailToSend.held(envelope, content, receipt), wait);
    }

    /** Octets. */
    SendReceipt take(Envelope envelope, MailContent octets, Wait wait) throws SmtpException {
        Receipt receipt = context.relay().newReceipt();
        if (wait.transaction().isEmpty()) {
            return pass(MailToSend.ofCaller(required(envelope), required(octets), receipt), wait);
        }
        dispatch.check(required(envelope), declaredLength(required(octets)));
        return pass(MailToSend.held(envelope, context.contents().take(octets), receipt), wait);
    }

    private SendReceipt pass(MailToSend taken, Wait wait) throws SmtpException {
        MailToSend mail = context.config().addressing().redirectTo().map(taken::redirectedTo).orElse(taken);
        if (wait.transaction().isPresent()) {
            hold(mail, wait.transaction().get());
        } else {
            dispatch.send(List.of(mail), wait.limit());
        }
        return mail.receipt();
    }

    private void hold(MailToSend mail, Branch transaction) throws SmtpException {
        boolean held = false;
        try {
            dispatch.check(mail.envelope(), mail.content());
            transaction.hold(mail);
            held = true;
        } finally {
            if (!held) {
                dispatch.discard(List.of(mail));
            }
        }
    }

    private static OptionalLong declaredLength(MailContent octets) throws SmtpException {
        try {
            return ApplicationContent.of(octets).length();
        } catch (IOException e) {
            throw ApplicationContent.unreadable(SmtpException.Phase.PREPARE, e);
        }
    }

    private static <T> T required(T argument) {
        return Objects.requireNonNull(argument, "envelope, message and content must not be null");
    }

    /**
     * What a mail waits for.
     *
     * @param transaction the transaction that it is sent with; absent: it is sent at once
     * @param limit how long sending it at once may take, where something bounds that
     */
    record Wait(Optional<Branch> transaction, Optional<Duration> limit) {

        static Wait until(Branch transaction) {
            return new Wait(Optional.of(transaction), Optional.empty());
        }

        static Wait nothing() {
            return new Wait(Optional.empty(), Optional.empty());
        }

        static Wait noLongerThan(Duration limit) {
            return new Wait(Optional.empty(), Optional.of(limit));
        }
    }
}
