package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.Envelope;
import io.smtpra.Peer;
import io.smtpra.Recipient;
import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
import io.smtpra.ra.inbound.listener.protocol.SmtpTransport;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.AuthenticationRule;
import io.smtpra.ra.inbound.smtp.rules.ListenerRules;
import io.smtpra.ra.inbound.smtp.rules.ProtocolLimits;
import io.smtpra.ra.inbound.smtp.rules.SaslMechanism;
import io.smtpra.ra.inbound.smtp.session.SessionState.Connected;
import io.smtpra.ra.inbound.smtp.session.SessionState.Greeted;
import io.smtpra.ra.inbound.smtp.session.SessionState.Hello;
import io.smtpra.ra.inbound.smtp.session.SessionState.InTransaction;
import io.smtpra.ra.log.SessionMessages;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.security.auth.Subject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.ProxyInformation;
import org.apache.james.protocols.api.Response;

/** One connection. Touched by its event loop alone. */
public final class SmtpSession extends AttachedSession {

    /** Attachments of ours, for hooks that want what James' classes cannot express. */
    private static final String ENVELOPE = "io.smtpra.Envelope";
    private static final String PEER = "io.smtpra.Peer";
    private static final String DNS = "io.smtpra.authenticity.DnsLookup";

    private record Caller(String user, Optional<Subject> subject) {}

    private final ProtocolContext context;
    private final SmtpTransport transport;
    private final ListenerRules rules;
    private final ProtocolLimits limits;
    private final SessionBudget budget;
    private SessionState state = new Connected();
    private Optional<Caller> caller = Optional.empty();
    private Optional<LineDialogue> dialogue = Optional.empty();
    private Optional<MailDraft> draft = Optional.empty();
    private Optional<Recipient> recipient = Optional.empty();
    private Optional<Hello> proposed = Optional.empty();
    private boolean tlsAnnounced;

    public SmtpSession(ProtocolContext context, SmtpTransport transport) {
        super(transport, context.jamesConfiguration());
        this.context = context;
        this.transport = transport;
        this.rules = context.rules(transport.listenerKind());
        this.limits = context.limits().current();
        this.budget = new SessionBudget(limits);
    }

    public SmtpTransport transport() {
        return transport;
    }

    public ListenerRules rules() {
        return rules;
    }

    /** How much it may ask for; they stay as they were when it began. */
    public ProtocolLimits limits() {
        return limits;
    }

    public SessionBudget budget() {
        return budget;
    }

    // ---- where it stands

    public Optional<Hello> hello() {
        if (state instanceof Greeted greeted) {
            return Optional.of(greeted.hello());
        }
        return state instanceof InTransaction in ? Optional.of(in.hello()) : Optional.empty();
    }

    /** Whether the client said EHLO, and so may use extensions. */
    public boolean isExtended() {
        return hello().filter(Hello::extended).isPresent();
    }

    public Optional<MailTransaction> transaction() {
        return state instanceof InTransaction in ? Optional.of(in.transaction()) : Optional.empty();
    }

    /** EHLO or HELO: a transaction is given up, as by RSET (RFC 5321 section 4.1.1.1). */
    public void greeted(Hello hello) {
        endTransaction("reset");
        proposed = Optional.empty();
        state = new Greeted(hello);
    }

    /** EHLO or HELO, while its hooks are asked: what was before counts no more, what was said not yet. */
    public void proposes(Hello hello) {
        resetState();
        proposed = Optional.of(hello);
    }

    /** MAIL, while its parameters are read and its hooks are asked. */
    public void drafts(MailDraft begun) {
        draft = Optional.of(begun);
    }

    /** The mail that MAIL is about to begin. */
    public Optional<MailDraft> draft() {
        return draft;
    }

    /** What was drafted has come to nothing. */
    public void dropDraft() {
        draft = Optional.empty();
    }

    public void begin(MailTransaction transaction) {
        draft = Optional.empty();
        state = new InTransaction(hello().orElseThrow(), transaction);
        transport.mail(Optional.of(transaction.id()));
    }

    /** RCPT is about to add a recipient. */
    public void considers(Recipient candidate) {
        recipient = Optional.of(candidate);
    }

    /** The recipient of the last RCPT of this mail. */
    public Optional<Recipient> recipient() {
        return recipient;
    }

    /** RSET, the end of a content, or the end of the connection: back to where MAIL is expected. */
    public void endTransaction(String reason) {
        if (state instanceof InTransaction in) {
            state = new Greeted(in.hello());
            recipient = Optional.empty();
            in.transaction().abandon(reason);
            transport.mail(Optional.empty());
        }
    }

    /** The end of a content, and of all that hooks have attached to the mail. */
    public void ended() {
        endTransaction("ended");
        super.resetState();
    }

    /** RFC 3207 section 4.2: what was learned in plain text is forgotten. */
    public void forgetAll() {
        endTransaction("STARTTLS");
        state = new Connected();
        draft = Optional.empty();
        proposed = Optional.empty();
        caller = Optional.empty();
        dialogue = Optional.empty();
        setRelayingAllowed(false);
    }

    // ---- who is at the other end

    public Optional<String> user() {
        return caller.map(Caller::user);
    }

    /** What the server knows of the user. */
    public Optional<Subject> subject() {
        return caller.flatMap(Caller::subject);
    }

    /** The client has proved who it is. */
    public void authenticated(String user, Optional<Subject> subject) {
        caller = Optional.of(new Caller(user, subject));
    }

    /** What takes the client's lines now, in place of the commands. */
    public Optional<LineDialogue> dialogue() {
        return dialogue;
    }

    public void began(LineDialogue begun) {
        dialogue = Optional.of(begun);
    }

    public void endedDialogue() {
        dialogue = Optional.empty();
    }

    public Peer peer() {
        return new Peer(getRemoteAddress(), transport.proxyAddress(), hello().map(Hello::name).orElse(""),
                transport.listenerKind(), user(), transport.tlsFacts());
    }

    public boolean isTlsMissing() {
        return rules.startTls() == StartTlsPolicy.REQUIRED && !transport.isTLSStarted();
    }

    /** Whether AUTH works in this state: never in plain text. */
    public boolean isAuthenticationOffered() {
        return rules.authentication() != AuthenticationRule.NONE
                && transport.isTLSStarted()
                && !mechanisms().isEmpty();
    }

    /** The mechanisms that work in this session, in the order of offer. */
    public List<SaslMechanism> mechanisms() {
        boolean certified = transport.tlsFacts()
                .filter(tls -> tls.peerVerified() && !tls.peerCertificates().isEmpty())
                .isPresent();
        return rules.mechanisms().orElse(context.config().mechanisms()).stream()
                .filter(mechanism -> certified || mechanism != SaslMechanism.EXTERNAL)
                .toList();
    }

    public boolean isAuthenticationMissing() {
        return rules.authentication() == AuthenticationRule.REQUIRED && caller.isEmpty();
    }

    /** True once: at the first command within TLS. */
    public boolean entersTls() {
        boolean enters = !tlsAnnounced && transport.isTLSStarted();
        tlsAnnounced |= enters;
        return enters;
    }

    // ---- answers that come later

    /**
     * Goes on when a port has answered, in the event loop; at once if it has answered already.
     *
     * @param stage the port's answer; that it fails is a bug, answered with 451
     * @param then makes the reply
     */
    public <T> Response whenDone(CompletionStage<T> stage, Function<T, ? extends Response> then) {
        if (isKnown(stage)) {
            return then.apply(((CompletableFuture<T>) stage).join());
        }
        // what comes then may come later again: whoever waits for the answer waits for the last of it
        return new DeferredResponse(stage.<Response>handleAsync(
                (value, failure) -> failure == null ? then.apply(value) : failed(failure), transport.eventLoop())
                .thenCompose(SmtpSession::stage));
    }

    /** Whether a port has answered already, and not failed: its answer can be had with {@code join}. */
    public static boolean isKnown(CompletionStage<?> stage) {
        return stage instanceof CompletableFuture<?> future && future.isDone() && !future.isCompletedExceptionally();
    }

    /** A reply that is held back. */
    public Response later(Duration delay, SmtpReply reply) {
        return new DeferredResponse(transport.delay(delay).thenApply(over -> reply));
    }

    /**
     * Goes on with an answer, now or when it is there.
     *
     * @param answer the answer; null stands for none
     */
    public static Response then(Response answer, UnaryOperator<Response> next) {
        return answer instanceof DeferredResponse deferred
                ? new DeferredResponse(deferred.reply().thenCompose(late -> stage(then(late, next))))
                : next.apply(answer);
    }

    /** The same reply, later or now, as a stage. */
    public static CompletionStage<Response> stage(Response response) {
        return response instanceof DeferredResponse deferred
                ? deferred.reply().thenCompose(SmtpSession::stage)
                : CompletableFuture.completedFuture(response);
    }

    public SmtpReply failed(Throwable failure) {
        SessionMessages.LOG.commandFailed(getSessionID(), failure);
        return SmtpReplies.LOCAL_ERROR;
    }

    // ---- what James asks

    /** RSET, or the end of a mail: what hooks have attached to the mail goes with it. */
    @Override
    public void resetState() {
        super.resetState();
        draft = Optional.empty();
        endTransaction("reset");
    }

    /** The user that the client has proved to be, as far as James can write the name; null where it has not. */
    @Override
    public Username getUsername() {
        try {
            return user().map(Username::of).orElse(null);
        } catch (IllegalArgumentException e) {
            return Username.fromLocalPartWithoutDomain(user().orElseThrow().replace("@", "{40}"));
        }
    }

    /**
     * Forgets the user. A name is not kept: hooks for AUTH say it before they have answered, and one that refuses
     * afterwards, or answers too late, must not let anybody in.
     */
    @Override
    public void setUsername(Username username) {
        if (username == null) {
            caller = Optional.empty();
        }
    }

    /** Whether the client has proved who it is, or a hook has found it trustworthy. Nothing is ever relayed here. */
    @Override
    public boolean isRelayingAllowed() {
        return caller.isPresent() || super.isRelayingAllowed();
    }

    @Override
    public boolean isAuthAnnounced() {
        return isAuthenticationOffered();
    }

    @Override
    public Optional<ProxyInformation> getProxyInformation() {
        return transport.proxyAddress().map(proxy -> new ProxyInformation(getRemoteAddress(), getLocalAddress()));
    }

    @Override
    public int getRcptCount() {
        return transaction().map(MailTransaction::recipientCount).orElse(0);
    }

    @Override
    Optional<Optional<?>> derived(String name, State where) {
        boolean transaction = where == State.Transaction;
        return switch (name) {
            case "SENDER_ADDRESS" -> transaction ? Optional.of(sender()) : Optional.empty();
            case "RCPT_LIST" -> transaction ? Optional.of(recipients()) : Optional.empty();
            case "CURRENT_RECIPIENT" ->
                    transaction ? Optional.of(recipient.map(Recipient::mailbox).map(JamesAddress::of))
                            : Optional.empty();
            case "CURRENT_HELO_NAME" ->
                    transaction ? Optional.empty() : Optional.of(proposed.or(this::hello).map(Hello::name));
            case "CURRENT_HELO_MODE" ->
                    transaction ? Optional.empty()
                            : Optional.of(hello().map(hello -> hello.extended() ? "EHLO" : "HELO"));
            case ENVELOPE -> transaction ? Optional.of(transaction().map(MailTransaction::envelope)) : Optional.empty();
            case DNS -> transaction ? Optional.empty() : Optional.of(context.dns());
            case PEER -> transaction ? Optional.empty() : Optional.of(Optional.of(peer()));
            default -> Optional.empty();
        };
    }

    private Optional<MaybeSender> sender() {
        return draft.map(MailDraft::reversePath)
                .or(() -> transaction().map(MailTransaction::sender).map(Sender::reversePath))
                .map(JamesAddress::sender);
    }

    private Optional<List<MailAddress>> recipients() {
        return transaction().filter(mail -> mail.recipientCount() > 0)
                .map(mail -> mail.recipients().stream().map(Recipient::mailbox).map(JamesAddress::of).toList());
    }

    @Override
    public Charset getCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public Response newLineTooLongResponse() {
        return SmtpReplies.LINE_TOO_LONG;
    }

    @Override
    public Response newFatalErrorResponse() {
        return SmtpReplies.LOCAL_ERROR;
    }

    @Override
    public Response newCommandNotFoundErrorResponse() {
        return SmtpReplies.UNKNOWN_COMMAND;
    }
}
