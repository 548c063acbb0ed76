package io.smtpra.it.app;

import io.smtpra.DirectoryAnswer;
import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.MailRejectedException;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.QueueAnswer;
import io.smtpra.Recipient;
import io.smtpra.RecipientAnswer;
import jakarta.ejb.MessageDriven;
import java.util.List;
import java.util.Optional;

/** Answers each question that can be asked of a bean. */
@MessageDriven
public class DirectoryBean implements MailListener {

    @Override
    public void onMail(InboundMail mail) {
        // nothing is to be done with it
    }

    @Override
    public RecipientAnswer onRecipient(Recipient recipient, Optional<Mailbox> reversePath, Peer peer)
            throws MailRejectedException {
        return switch (recipient.mailbox().localPart()) {
            case "joe" -> RecipientAnswer.accepted();
            case "full" -> RecipientAnswer.overQuota();
            case "later" -> RecipientAnswer.later();
            case "shy" -> throw MailRejectedException.permanent(550, "5.7.13", "Not from " + reversePath.orElseThrow());
            case "broken" -> throw new IllegalStateException("as the test wants it");
            default -> RecipientAnswer.unknown();
        };
    }

    @Override
    public DirectoryAnswer onVerify(String query, Peer peer) {
        return query.startsWith("joe")
                ? DirectoryAnswer.found(List.of(Mailbox.parse("joe@example.com"))) : DirectoryAnswer.unknown();
    }

    @Override
    public DirectoryAnswer onExpand(String query, Peer peer) {
        return DirectoryAnswer.found(List.of(Mailbox.parse("joe@example.com"), Mailbox.parse("jane@example.com")));
    }

    @Override
    public QueueAnswer onQueueRequest(String node, Peer peer) {
        return QueueAnswer.notAllowed();
    }
}
