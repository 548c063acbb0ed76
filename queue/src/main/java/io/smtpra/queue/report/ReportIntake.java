package io.smtpra.queue.report;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.mail.DeliveryReport;
import io.smtpra.mail.MailView;
import io.smtpra.queue.MailBounced;
import io.smtpra.queue.QueuedMail;
import io.smtpra.queue.QueuedRecipient;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.claim.ReportedBounce;
import io.smtpra.queue.log.QueueMessages;
import io.smtpra.queue.log.QueuedMailMessages;
import io.smtpra.queue.report.ReturnedReport.Failure;
import io.smtpra.queue.store.MailInsertion;
import io.smtpra.queue.store.MailLookup;
import io.smtpra.queue.store.NewMail;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Takes reports that come back for the mail of this queue, finds the mail by the {@link ReturnPath}, and records what
 * came of whom. What is not of this queue's making changes nothing.
 */
public final class ReportIntake {


    /** What a report did. */
    public enum Result {
        /** A recipient is known as bounced now. */
        RECORDED,
        /** It says nothing new: a delay, a delivery, or what was known. */
        NOTHING_NEW,
        /** It is none, or of no mail of this queue, or made up. */
        NOT_OURS
    }

    private final ReturnPath returnPath;
    private final MailInsertion insertion;
    private final Consumer<Object> events;
    private final Consumer<String> queued;
    private final Duration giveUpAfter;
    private final Clock clock;

    /**
     * With all that it needs.
     *
     * @param returnPath by which mails are found
     * @param insertion into the queue, for what is passed on
     * @param events tells the application
     * @param queued is told the route for which a report is passed on, in the transaction that does so
     * @param giveUpAfter for how long a report that is passed on is tried
     * @param clock the time
     */
    public ReportIntake(ReturnPath returnPath, MailInsertion insertion, Consumer<Object> events,
            Consumer<String> queued, Duration giveUpAfter, Clock clock) {
        this.returnPath = returnPath;
        this.insertion = insertion;
        this.events = events;
        this.queued = queued;
        this.giveUpAfter = giveUpAfter;
        this.clock = clock;
    }

    /**
     * Takes one.
     *
     * @param connection in the transaction of its delivery
     * @param report as it came in
     * @return what it did
     * @throws SQLException if the database refuses; the sender of the report tries again
     * @throws IOException if the report cannot be read
     */
    public Result take(Connection connection, InboundMail report) throws SQLException, IOException {
        MailView view = report.view();
        OptionalLong id = mail(report.envelope(), view);
        Optional<QueuedMail> mail =
                id.isPresent() ? MailLookup.find(connection, id.getAsLong()) : Optional.empty();
        if (mail.isEmpty()) {
            QueueMessages.LOG.reportOfNoMail(report.id());
            return Result.NOT_OURS;
        }
        ReturnedReport returned = ReturnedReport.read(view);
        if (!returned.understood()) {
            QueueMessages.LOG.noReport(report.id(), mail.get().id());
            return Result.NOT_OURS;
        }
        List<QueuedRecipient> bounced = new ArrayList<>();
        for (Failure failure : returned.failures()) {
            record(connection, mail.get(), failure, bounced);
        }
        if (bounced.isEmpty()) {
            return Result.NOTHING_NEW;
        }
        QueueMessages.LOG.bounced(mail.get().id(), bounced.stream()
                .map(one -> "<" + one.recipient().mailbox() + "> " + one.lastReply().orElseThrow()).toList());
        passOn(connection, mail.get(), report);
        events.accept(new MailBounced(mail.get().id(), bounced));
        return Result.RECORDED;
    }

    private OptionalLong mail(Envelope envelope, MailView view) throws IOException {
        for (Recipient recipient : envelope.recipients()) {
            OptionalLong id = returnPath.mail(recipient.mailbox());
            if (id.isPresent()) {
                return id;
            }
        }
        Optional<String> envelopeId = view.deliveryReport().flatMap(DeliveryReport::originalEnvelopeId);
        return envelopeId.isPresent() ? returnPath.mail(envelopeId.get()) : OptionalLong.empty();
    }

    private void record(Connection connection, QueuedMail mail, Failure failure, List<QueuedRecipient> bounced)
            throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        for (int position = 0; position < mail.recipients().size(); position++) {
            QueuedRecipient recipient = mail.recipients().get(position);
            if (isMeant(failure, recipient, mail)
                    && ReportedBounce.record(connection, mail.id(), position, failure.reply(), now)) {
                bounced.add(new QueuedRecipient(recipient.recipient(), RecipientState.BOUNCED, recipient.attempts(),
                        Optional.of(failure.reply()), recipient.nextHopQueueId(), recipient.tls(), Optional.of(now)));
            }
        }
    }

    /** By name; a report of a mail to one alone is of him, whatever a server behind an alias calls him. */
    private static boolean isMeant(Failure failure, QueuedRecipient recipient, QueuedMail mail) {
        if (mail.recipients().size() == 1) {
            return true;
        }
        return failure.addresses().stream().anyMatch(address -> {
            try {
                return Mailbox.parse(address).equals(recipient.recipient().mailbox());
            } catch (IllegalArgumentException e) {
                return false;
            }
        });
    }

    /** The reverse-path was replaced by ours, so who had it before would else hear nothing. */
    private void passOn(Connection connection, QueuedMail mail, InboundMail report) throws SQLException, IOException {
        Optional<Mailbox> sender = mail.reversePath().filter(mailbox -> !returnPath.isAt(mailbox));
        if (sender.isEmpty()) {
            return;
        }
        Envelope envelope = Envelope.from(Optional.empty()).to(Recipient.of(sender.get()))
                .bodyType(report.envelope().bodyType()).smtpUtf8(report.envelope().smtpUtf8()).build();
        NewMail passedOn = NewMail.dueNow(envelope, mail.route(), clock.instant(), giveUpAfter);
        long id = insertion.insert(connection, passedOn, target -> {
            try (InputStream content = report.content()) {
                content.transferTo(target);
            }
        });
        QueuedMailMessages.LOG.reportQueued(id, mail.id());
        queued.accept(mail.route());
    }
}
