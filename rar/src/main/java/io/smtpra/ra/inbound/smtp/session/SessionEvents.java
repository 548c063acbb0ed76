package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.event.AuthenticationFailed;
import io.smtpra.event.ClientAuthenticated;
import io.smtpra.event.MailPath;
import io.smtpra.event.ReceivedMailEvent;
import io.smtpra.event.ReceivedMailEvent.ReceivedFacts;
import io.smtpra.event.RecipientRefused;
import io.smtpra.event.SenderRefused;
import io.smtpra.event.SmtpEventKind;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.telemetry.EventText;
import io.smtpra.ra.telemetry.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells what happens in a session, where somebody wants to hear of it. */
public final class SessionEvents {

    private SessionEvents() {}

    /** A client is known now. */
    public static void authenticated(SmtpSession session, String user, String mechanism) {
        Events events = events(session);
        if (events.isWanted(SmtpEventKind.AUTHENTICATED)) {
            events.tell(new ClientAuthenticated(
                    Instant.now(), session.getSessionID(), peer(session), EventText.clean(user), mechanism));
        }
    }

    /** A client is not known. */
    public static void notAuthenticated(
            SmtpSession session, Optional<String> claimedUser, String mechanism, AuthenticationFailed.Cause cause) {
        Events events = events(session);
        if (events.isWanted(SmtpEventKind.AUTHENTICATION_FAILED)) {
            events.tell(new AuthenticationFailed(Instant.now(), session.getSessionID(), peer(session),
                    claimedUser.map(EventText::clean), mechanism, cause));
        }
    }

    static void refused(SmtpSession session, String argument, SmtpReply reply) {
        Events events = events(session);
        if (events.isWanted(SmtpEventKind.SENDER_REFUSED)) {
            events.tell(new SenderRefused(Instant.now(), session.getSessionID(), peer(session),
                    EventText.clean(LogText.safe(argument)), reply.toReply()));
        }
    }

    static void refused(SmtpSession session, MailTransaction transaction, Mailbox recipient, SmtpReply reply) {
        Events events = events(session);
        if (events.isWanted(SmtpEventKind.RECIPIENT_REFUSED)) {
            events.tell(new RecipientRefused(Instant.now(), session.getSessionID(), peer(session), transaction.id(),
                    transaction.sender().reversePath(), recipient, reply.toReply()));
        }
    }

    static void ended(SmtpSession session, MailTransaction transaction, long size, SmtpReply reply) {
        Events events = events(session);
        SmtpEventKind kind = reply.isPositive() ? SmtpEventKind.MAIL_ACCEPTED
                : reply.isPermanentRefusal() ? SmtpEventKind.MAIL_REFUSED : SmtpEventKind.MAIL_DEFERRED;
        if (events.isWanted(kind)) {
            String id = session.getSessionID();
            ReceivedFacts mail = facts(transaction, size);
            events.tell(switch (kind) {
                case MAIL_ACCEPTED -> new ReceivedMailEvent.Accepted(
                        Instant.now(), id, peer(session), mail, reply.toReply());
                case MAIL_REFUSED -> new ReceivedMailEvent.Refused(
                        Instant.now(), id, peer(session), mail, reply.toReply());
                default -> new ReceivedMailEvent.Deferred(Instant.now(), id, peer(session), mail, reply.toReply());
            });
        }
    }

    static void lost(SmtpSession session, MailTransaction transaction, long size, String reason) {
        Events events = events(session);
        if (events.isWanted(SmtpEventKind.MAIL_UNFINISHED)) {
            events.tell(new ReceivedMailEvent.Unfinished(
                    Instant.now(), session.getSessionID(), peer(session), facts(transaction, size), reason));
        }
    }

    private static ReceivedFacts facts(MailTransaction transaction, long size) {
        return new ReceivedFacts(transaction.id(), transaction.messageId(),
                MailPath.of(transaction.sender().reversePath(), transaction.recipients()), size,
                Duration.ofMillis(transaction.milliseconds()));
    }

    private static Events events(SmtpSession session) {
        return session.transport().telemetry().events();
    }

    /** The peer as events show it: a user's name comes from elsewhere, from a certificate or a token. */
    public static Peer peer(SmtpSession session) {
        Peer peer = session.peer();
        return new Peer(peer.address(), peer.proxy(), EventText.clean(peer.heloName()), peer.listener(),
                peer.authenticatedUser().map(EventText::clean), peer.tls());
    }
}
