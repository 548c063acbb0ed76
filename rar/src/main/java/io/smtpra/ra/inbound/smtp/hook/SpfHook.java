package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.ra.authenticity.TimedLookup;
import io.smtpra.ra.authenticity.spf.SpfCheck;
import io.smtpra.ra.authenticity.spf.SpfQuestion;
import io.smtpra.ra.inbound.smtp.hosting.OwnHook;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.MailDraft;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;

/**
 * Begins to check SPF at {@code MAIL}; the client goes on meanwhile. It refuses nobody: what is to be said is said when
 * the mail is there, and other checks may speak for it.
 */
public final class SpfHook implements MailHook, OwnHook {

    /** A check under way. */
    private record Begun(CompletableFuture<SpfVerdict> verdict) {}

    private static final AttachmentKey<Begun> BEGUN = AttachmentKey.of("io.smtpra.SpfCheck", Begun.class);

    private final Optional<AuthenticityPorts> ports;
    private final String hostName;
    private final Clock clock;

    public SpfHook(Optional<AuthenticityPorts> ports, String hostName, Clock clock) {
        this.ports = ports;
        this.hostName = hostName;
        this.clock = clock;
    }

    /** The check of this mail, if it was begun. */
    static Optional<CompletableFuture<SpfVerdict>> begun(SmtpSession session) {
        return session.getAttachment(BEGUN, State.Transaction).map(Begun::verdict);
    }

    @Override
    public CompletionStage<Optional<SmtpReply>> ask(SmtpSession session) {
        if (ports.isPresent() && ports.get().checks(session.peer())) {
            TimedLookup dns = ports.get().timed();
            CompletableFuture<SpfVerdict> verdict = SpfCheck.check(question(session, session.peer()), dns);
            ports.get().limit(dns, verdict);
            session.setAttachment(BEGUN, new Begun(verdict), State.Transaction);
        } else {
            session.removeAttachment(BEGUN, State.Transaction);
        }
        return GO_ON;
    }

    private SpfQuestion question(SmtpSession session, Peer peer) {
        InetAddress client = peer.address().getAddress();
        Optional<Mailbox> sender = session.draft().flatMap(MailDraft::reversePath);
        return sender.isPresent()
                ? SpfQuestion.ofMailFrom(client, peer.heloName(), sender.get().localPart(), sender.get().asciiDomain(),
                        hostName, clock.instant())
                : SpfQuestion.ofHelo(client, peer.heloName(), hostName, clock.instant());
    }

    /** Not how it is asked: it needs our session. */
    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        throw new UnsupportedOperationException("asked as a OwnHook");
    }
}
