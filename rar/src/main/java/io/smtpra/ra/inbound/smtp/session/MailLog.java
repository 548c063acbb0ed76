package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Recipient;
import io.smtpra.TlsFacts;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.log.InboundMailMessages;
import io.smtpra.ra.telemetry.Statistic;
import io.smtpra.ra.telemetry.Telemetry;
import java.util.List;
import java.util.Optional;

/**
 * One line for each mail, each refused recipient and each session that we end: at INFO, in the same form always. What
 * stands in the log is counted too.
 */
public final class MailLog {

    private static final int MAX_SHOWN = 10;

    private MailLog() {}

    /** The content has ended, and its fate is known. */
    public static void ended(SmtpSession session, MailTransaction transaction, long size, SmtpReply reply) {
        Telemetry telemetry = session.transport().telemetry();
        if (reply.isPositive()) {
            telemetry.count(Statistic.MAILS_ACCEPTED);
            telemetry.add(Statistic.OCTETS_ACCEPTED, size);
        } else {
            count(telemetry, reply, Statistic.MAILS_DEFERRED, Statistic.MAILS_REFUSED);
        }
        log(session, transaction, size, reply.toString());
        SessionEvents.ended(session, transaction, size, reply);
    }

    /** The content did not come to its end. */
    public static void lost(SmtpSession session, MailTransaction transaction, long size, String reason) {
        session.transport().telemetry().count(Statistic.MAILS_LOST);
        log(session, transaction, size, "lost: " + reason);
        SessionEvents.lost(session, transaction, size, reason);
    }

    /** The client was sent away. */
    public static void ended(SmtpSession session, SmtpReply reply) {
        session.transport().telemetry().count(Statistic.SESSIONS_SENT_AWAY);
        InboundMailMessages.LOG.sessionEnded(session.getSessionID(), from(session.peer()), quoted(reply));
    }

    /** It was refused before it had a recipient. */
    public static void refused(SmtpSession session, String argument, SmtpReply reply) {
        count(session.transport().telemetry(), reply, Statistic.SENDERS_REFUSED, Statistic.SENDERS_REFUSED);
        InboundMailMessages.LOG.mailRefused(session.getSessionID(), from(session.peer()), LogText.safe(argument),
                quoted(reply));
        SessionEvents.refused(session, argument, reply);
    }

    /** Nobody takes mail for this recipient, or not now. */
    public static void refused(SmtpSession session, MailTransaction transaction, Mailbox recipient, SmtpReply reply) {
        count(session.transport().telemetry(), reply, Statistic.RECIPIENTS_DEFERRED, Statistic.RECIPIENTS_REFUSED);
        Peer peer = session.peer();
        InboundMailMessages.LOG.recipientRefused(session.getSessionID(), from(peer),
                LogText.path(transaction.sender().reversePath()), LogText.path(Optional.of(recipient)), quoted(reply));
        SessionEvents.refused(session, transaction, recipient, reply);
    }

    /** How far a session has come, in the words of the log. */
    public static String describe(SmtpSession session) {
        Peer peer = session.peer();
        String who = from(peer) + " tls=" + peer.tls().map(MailLog::tls).orElse("none")
                + " user=" + peer.authenticatedUser().map(LogText::safe).orElse("none");
        return session.transaction().map(mail -> who + " mail=" + mail.id() + " from="
                + LogText.path(mail.sender().reversePath()) + " to=" + to(mail.recipients())).orElse(who);
    }

    private static void count(Telemetry telemetry, SmtpReply refusal, Statistic forNow, Statistic forGood) {
        telemetry.count(refusal.isPermanentRefusal() ? forGood : forNow);
        telemetry.replies().count(
                refusal.code() + refusal.enhancedStatusCode().map(status -> " " + status).orElse(""));
    }

    private static void log(SmtpSession session, MailTransaction transaction, long size, String outcome) {
        if (InboundMailMessages.LOG.isInfoEnabled()) {
            Peer peer = session.peer();
            InboundMailMessages.LOG.mail(
                    transaction.id(), session.getSessionID(), from(peer),
                    peer.tls().map(MailLog::tls).orElse("none"),
                    peer.authenticatedUser().map(LogText::safe).orElse("none"),
                    LogText.path(transaction.sender().reversePath()), to(transaction.recipients()),
                    transaction.recipientCount(), size, quoted(outcome), transaction.milliseconds(),
                    transaction.messageId().orElse("none"));
        }
    }

    private static String from(Peer peer) {
        return "peer=" + AddressLiteral.of(peer.address()) + " helo=" + LogText.safe(peer.heloName())
                + " listener=" + peer.listener().configurationName();
    }

    private static String tls(TlsFacts tls) {
        return tls.protocol() + "/" + tls.cipherSuite();
    }

    private static String to(List<Recipient> recipients) {
        StringBuilder shown = new StringBuilder();
        for (Recipient recipient : recipients.subList(0, Math.min(MAX_SHOWN, recipients.size()))) {
            shown.append(shown.length() == 0 ? "" : ",").append(LogText.path(Optional.of(recipient.mailbox())));
        }
        return recipients.size() > MAX_SHOWN ? shown.append(",…").toString() : shown.toString();
    }

    private static String quoted(Object outcome) {
        return outcome.toString().replace('"', '\'');
    }
}
