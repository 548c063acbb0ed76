package io.smtpra.queue.report;

import io.smtpra.Recipient;
import io.smtpra.queue.claim.ClaimedMail;
import io.smtpra.queue.log.QueueMessages;
import io.smtpra.queue.log.QueuedMailMessages;
import io.smtpra.queue.sending.Reports;
import io.smtpra.queue.store.MailInsertion;
import io.smtpra.queue.store.NewMail;
import io.smtpra.queue.store.RecipientResult;
import io.smtpra.report.DeliveryNotification;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Queues delivery status notifications to those who sent a mail, through the factory that their mail went through. */
public final class ReportSender implements Reports {


    private final MailInsertion insertion;
    private final String hostName;
    private final Duration giveUpAfter;
    private final Clock clock;

    /**
     * With all that it needs.
     *
     * @param insertion into the queue
     * @param hostName of the server that reports
     * @param giveUpAfter for how long a report is tried
     * @param clock the time
     */
    public ReportSender(MailInsertion insertion, String hostName, Duration giveUpAfter, Clock clock) {
        this.insertion = insertion;
        this.hostName = hostName;
        this.giveUpAfter = giveUpAfter;
        this.clock = clock;
    }

    @Override
    public void report(Connection connection, ClaimedMail mail, List<RecipientResult> recipients, Reason reason)
            throws SQLException {
        DeliveryNotification.Builder told = DeliveryNotification.about(mail.envelope(), mail.content(), hostName)
                .arrivedAt(mail.enqueued());
        for (RecipientResult result : recipients) {
            Recipient recipient = mail.envelope().recipients().get(mail.positions().indexOf(result.position()));
            switch (reason) {
                case FAILED -> told.failed(recipient, result.reply());
                case DELAYED -> told.delayed(recipient, result.reply(), mail.expires());
            }
        }
        try {
            Optional<DeliveryNotification> notification = told.build();
            if (notification.isPresent()) {
                store(connection, mail, notification.get());
            }
        } catch (IOException e) {
            QueueMessages.LOG.senderNotTold(mail.id(), e);
        }
    }

    private void store(Connection connection, ClaimedMail mail, DeliveryNotification notification)
            throws SQLException, IOException {
        NewMail report = NewMail.dueNow(notification.envelope(), mail.route(), clock.instant(), giveUpAfter);
        long id = insertion.insert(connection, report, target -> {
            try (InputStream octets = notification.content().open()) {
                octets.transferTo(target);
            }
        });
        QueuedMailMessages.LOG.reportQueued(id, mail.id());
    }
}
