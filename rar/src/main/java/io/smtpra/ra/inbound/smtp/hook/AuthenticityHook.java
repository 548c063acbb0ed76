package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.MailContent;
import io.smtpra.Reply;
import io.smtpra.authenticity.Authenticity;
import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.authenticity.Verdict;
import io.smtpra.ra.authenticity.AuthenticationResults;
import io.smtpra.ra.authenticity.CheckPolicy;
import io.smtpra.ra.authenticity.Judgement;
import io.smtpra.ra.authenticity.MailHeader;
import io.smtpra.ra.authenticity.TimedLookup;
import io.smtpra.ra.authenticity.dmarc.DmarcCheck;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import io.smtpra.ra.inbound.smtp.hosting.OwnHook;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.log.AuthenticityMessages;
import io.smtpra.ra.message.Content;
import io.smtpra.ra.message.ContentStream;
import io.smtpra.ra.message.SplicedContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MessageHook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who sent a mail, once it is there: DKIM reads its content, SPF began at {@code MAIL}, and DMARC looks at
 * both. The first of the message hooks: others see the verdicts, and the mail with its {@code Authentication-Results}.
 */
public final class AuthenticityHook implements MessageHook, OwnHook {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticityHook.class);
    private static final AttachmentKey<Authenticity> AUTHENTICITY =
            AttachmentKey.of("io.smtpra.authenticity.Authenticity", Authenticity.class);
    private static final SmtpReply SWAMPED = SmtpReply.from(Reply.of(
            554, "5.7.1", "Too many Authentication-Results headers that claim to be of this host"));

    private final Optional<AuthenticityPorts> ports;
    private final String hostName;
    private final Optional<ReadingPlaces> places;

    /** What a thread has read of a mail. */
    private record Read(MailHeader header, CompletableFuture<List<DkimVerdict>> dkim) {}

    public AuthenticityHook(Optional<AuthenticityPorts> ports, String hostName) {
        this.ports = ports;
        this.hostName = hostName;
        this.places = ports.map(given ->
                new ReadingPlaces(given.threads(), Math.max(2, Runtime.getRuntime().availableProcessors())));
    }

    @Override
    public CompletionStage<Optional<SmtpReply>> ask(SmtpSession session) {
        ReceivedMail mail = MessageHooks.mail(session);
        boolean checked = ports.isPresent() && ports.get().checks(mail.peer());
        // users are strangers to our name as others are; hosts that are trusted may speak for us
        boolean cleaned = ports.isPresent() && ports.get().config().header() && !ports.get().trusts(mail.peer());
        if (!checked && !cleaned) {
            return GO_ON;
        }
        return answer(session, mail, ports.get(), checked).exceptionally(failure -> {
            AuthenticityMessages.LOG.notChecked(session.getSessionID(), mail.id(), failure);
            return Optional.of(SmtpReplies.LOCAL_ERROR);
        });
    }

    private CompletionStage<Optional<SmtpReply>> answer(
            SmtpSession session, ReceivedMail mail, AuthenticityPorts given, boolean checked) {
        TimedLookup dns = given.timed();
        CompletableFuture<Optional<SpfVerdict>> spf = SpfHook.begun(session).map(begun -> begun.thenApply(Optional::of))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
        boolean signed = checked && given.config().dmarc() != CheckPolicy.OFF;
        CompletableFuture<Read> reading = places.orElseThrow().read(() -> {
            MailHeader header = MailHeader.read(mail.content(), hostName);
            return new Read(header, signed ? given.signatures().check(asItCame(mail.content(), header), dns)
                    : CompletableFuture.completedFuture(List.of()));
        });
        CompletableFuture<Optional<SmtpReply>> answer = reading.thenCompose(read -> {
            if (read.header().isSwamped() && given.config().header()) {
                return CompletableFuture.completedFuture(Optional.of(SWAMPED));
            }
            CompletableFuture<Authenticity> found = checked ? found(read, spf, dns, signed)
                    : CompletableFuture.completedFuture(Authenticity.unknown());
            return found.thenApply(authenticity -> settled(session, mail, read.header(), authenticity, checked));
        });
        given.limit(dns, answer);
        return answer;
    }

    /** The mail without the header that we have put on top: what its signatures are about. */
    private static MailContent asItCame(Content content, MailHeader header) {
        return () -> new ContentStream(content, header.begin(), content.size());
    }

    private static CompletableFuture<Authenticity> found(
            Read read, CompletableFuture<Optional<SpfVerdict>> spf, TimedLookup dns, boolean signed) {
        return spf.thenCompose(ofSpf -> read.dkim().thenCompose(ofDkim -> {
            List<Verdict> verdicts = new ArrayList<>();
            ofSpf.ifPresent(verdicts::add);
            if (!signed) {
                return CompletableFuture.completedFuture(new Authenticity(verdicts));
            }
            verdicts.addAll(ofDkim);
            return DmarcCheck.check(read.header().authors(), read.header().authorsKnown(), ofSpf, ofDkim, dns)
                    .thenApply(ofDmarc -> {
                        verdicts.add(ofDmarc);
                        return new Authenticity(verdicts);
                    });
        }));
    }

    private Optional<SmtpReply> settled(
            SmtpSession session, ReceivedMail mail, MailHeader header, Authenticity authenticity, boolean checked) {
        AuthenticityPorts given = ports.orElseThrow();
        Optional<Judgement> judgement = Judgement.of(
                authenticity, given.config(), mail.peer().address().getAddress().getHostAddress());
        VerdictCounts.count(session.transport().telemetry(), authenticity, judgement);
        log(session, mail, authenticity, judgement);
        if (judgement.filter(Judgement::enforced).isPresent()) {
            return Optional.of(SmtpReply.from(judgement.get().reply()));
        }
        byte[] ours = checked && given.config().header()
                ? AuthenticationResults.header(hostName, authenticity) : new byte[0];
        boolean same = ours.length == 0 && (header.forged().isEmpty() || !given.config().header());
        Content content = same ? mail.content() : new SplicedContent(ours, mail.content(), header.forged());
        MessageHooks.replace(session, mail.checked(authenticity, content));
        session.setAttachment(AUTHENTICITY, authenticity, State.Transaction);
        return Optional.empty();
    }

    private static void log(
            SmtpSession session, ReceivedMail mail, Authenticity authenticity, Optional<Judgement> judgement) {
        if (judgement.isPresent()) {
            String verdicts = summary(authenticity);
            if (judgement.get().enforced()) {
                AuthenticityMessages.LOG.refused(session.getSessionID(), mail.id(), judgement.get().reply(), verdicts);
            } else {
                AuthenticityMessages.LOG.wouldBeRefused(
                        session.getSessionID(), mail.id(), judgement.get().reply(), verdicts);
            }
        } else if (LOG.isDebugEnabled()) {
            LOG.debug("{}: mail {}: {}", session.getSessionID(), mail.id(), summary(authenticity));
        }
    }

    private static String summary(Authenticity authenticity) {
        return authenticity.verdicts().stream()
                .map(verdict -> verdict.method() + "=" + verdict.result().keyword() + " " + verdict.domain()
                        + (verdict.reason().isEmpty() ? "" : " [" + verdict.reason() + "]"))
                .collect(Collectors.joining(", "))
                // strangers wrote some of it
                .replaceAll("[^ -~]", "?");
    }

    /** Not how it is asked: it takes a while. */
    @Override
    public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
        throw new UnsupportedOperationException("asked as a OwnHook");
    }
}
