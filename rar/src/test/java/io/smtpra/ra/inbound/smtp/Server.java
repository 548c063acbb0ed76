package io.smtpra.ra.inbound.smtp;

import io.smtpra.AddressSyntax;
import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.auth.Authenticator;
import io.smtpra.ra.inbound.smtp.command.Directory;
import io.smtpra.ra.inbound.smtp.command.NoDirectory;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.content.MailSink;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import io.smtpra.ra.inbound.smtp.hook.AuthenticityPorts;
import io.smtpra.ra.inbound.smtp.hook.RecipientGate;
import io.smtpra.ra.inbound.smtp.hosting.HookThreads;
import io.smtpra.ra.inbound.smtp.hosting.OutsideHooks;
import io.smtpra.ra.inbound.smtp.hosting.OutsideMember;
import io.smtpra.ra.inbound.smtp.rules.AuthenticationRule;
import io.smtpra.ra.inbound.smtp.rules.BareNewlinePolicy;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ListenerRules;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.rules.ProtocolLimits;
import io.smtpra.ra.inbound.smtp.rules.SaslMechanism;
import io.smtpra.ra.inbound.smtp.rules.SenderRule;
import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.message.StoreConfig;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.james.protocols.api.handler.ProtocolHandler;

/** A protocol for tests, with ports that keep what they are given. Takes mail for example.com. */
final class Server implements RecipientGate, MailSink {

    static final Instant NOW = Instant.parse("2026-11-24T03:04:05Z");
    static final Reply RELAYING_DENIED = Reply.of(550, "5.7.1", "Relaying denied");

    private static final HookThreads CALLER = new HookThreads() {
        @Override
        public void run(Runnable task, Consumer<Exception> onReject) {
            task.run();
        }

        @Override
        public Runnable after(Duration time, Runnable task) {
            return () -> { };
        }
    };

    private final List<ReceivedMail> mails = new ArrayList<>();
    private final List<String> contents = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<ProtocolHandler> hooks = new ArrayList<>();
    private final Set<Extension> extensions = EnumSet.copyOf(Extension.defaults());
    private final ContentStore store;
    private CompletionStage<DeliveryOutcome> outcome =
            CompletableFuture.completedFuture(new DeliveryOutcome.Delivered());
    private Optional<CompletionStage<Optional<Reply>>> verdict = Optional.empty();
    private Optional<List<SaslMechanism>> submissionMechanisms = Optional.empty();
    private List<SaslMechanism> mechanisms = List.of(SaslMechanism.PLAIN, SaslMechanism.LOGIN);
    private Optional<Mailbox> postmaster = Optional.empty();
    private Optional<AuthenticityPorts> authenticity = Optional.empty();
    private HookThreads threads = CALLER;
    private Duration hookTimeout = Duration.ofSeconds(20);
    private SenderRule senderRule = SenderRule.NONE;
    private Optional<Authenticator> authenticator = Optional.of(Authenticator.none());
    private Directory directory = NoDirectory.INSTANCE;
    private boolean sinkBroken;
    private StartTlsPolicy startTls = StartTlsPolicy.ENABLED;
    private ProtocolLimits limits = ProtocolLimits.defaults();
    private AddressSyntax addressSyntax = AddressSyntax.COMMON;
    private BareNewlinePolicy bareNewline = BareNewlinePolicy.REJECT;

    Server(Path spool) {
        try {
            store = new ContentStore(new StoreConfig(1 << 16, StoreConfig.LEAST_MEMORY, spool, Runnable::run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Server on(Extension extension) {
        extensions.add(extension);
        return this;
    }

    Server off(Extension extension) {
        extensions.remove(extension);
        return this;
    }

    Server startTls(StartTlsPolicy policy) {
        startTls = policy;
        return this;
    }

    Server limits(ProtocolLimits value) {
        limits = value;
        return this;
    }

    Server addressSyntax(AddressSyntax value) {
        addressSyntax = value;
        return this;
    }

    Server bareNewline(BareNewlinePolicy policy) {
        bareNewline = policy;
        return this;
    }

    Server directory(Directory value) {
        directory = value;
        return this;
    }

    /** Those of the submission port, in place of the others. */
    Server submissionMechanisms(SaslMechanism... values) {
        submissionMechanisms = Optional.of(List.of(values));
        return this;
    }

    Server mechanisms(SaslMechanism... values) {
        mechanisms = List.of(values);
        return this;
    }

    Server senderRule(SenderRule value) {
        senderRule = value;
        return this;
    }

    Server authenticator(Authenticator value) {
        authenticator = Optional.of(value);
        return this;
    }

    /** Nobody knows users but hooks. */
    Server noSecurityDomain() {
        authenticator = Optional.empty();
        return this;
    }

    /** Where hooks run that may block; else where they are called. */
    Server hookThreads(HookThreads value) {
        threads = value;
        return this;
    }

    Server authenticity(AuthenticityPorts value) {
        authenticity = Optional.of(value);
        return this;
    }

    Server hookTimeout(Duration value) {
        hookTimeout = value;
        return this;
    }

    /** The property; no bean takes mail to postmaster itself. */
    Server postmaster(String mailbox) {
        postmaster = Optional.of(Mailbox.parse(mailbox));
        return this;
    }

    @Override
    public boolean takesDomainOf(ListenerKind listener, Mailbox mailbox) {
        return mailbox.domain().equals("example.com");
    }

    Server hook(Object hook) {
        hooks.add(OutsideMember.of(hook));
        return this;
    }

    Server outcome(DeliveryOutcome value) {
        return outcome(CompletableFuture.completedFuture(value));
    }

    Server outcome(CompletionStage<DeliveryOutcome> value) {
        outcome = value;
        return this;
    }

    /** The sink throws. */
    Server breakSink() {
        sinkBroken = true;
        return this;
    }

    Server verdict(CompletionStage<Optional<Reply>> value) {
        verdict = Optional.of(value);
        return this;
    }

    SmtpServerProtocol protocol() {
        ListenerRules plain = new ListenerRules(startTls, AuthenticationRule.NONE);
        ListenerRules submission = new ListenerRules(
                StartTlsPolicy.REQUIRED, AuthenticationRule.REQUIRED, submissionMechanisms);
        ProtocolConfig config = new ProtocolConfig("mx.example.com",
                Map.of(ListenerKind.SMTP, plain, ListenerKind.SUBMISSION, submission,
                        ListenerKind.SUBMISSIONS, submission),
                extensions, limits, addressSyntax, bareNewline, mechanisms, senderRule);
        int[] count = new int[1];
        return new SmtpServerProtocol(config, new ProtocolPorts(
                this, this, store, () -> "M" + ++count[0], authenticator, directory,
                new OutsideHooks(hooks, threads, hookTimeout), postmaster,
                authenticity, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    Conversation talk() {
        return Conversation.with(protocol());
    }

    List<ReceivedMail> mails() {
        return mails;
    }

    ReceivedMail mail() {
        return mails.get(mails.size() - 1);
    }

    /** The content of the last mail, our header included. */
    String content() {
        return contents.get(contents.size() - 1);
    }

    List<String> contents() {
        return contents;
    }

    /** The content of the last mail as the client sent it. */
    String sent() {
        String content = content();
        return content.substring(content.indexOf(NOW_IN_HEADER) + NOW_IN_HEADER.length());
    }

    List<String> asked() {
        return asked;
    }

    long memoryInUse() {
        return store.memoryInUse();
    }

    private static final String NOW_IN_HEADER = ";\r\n\tTue, 24 Nov 2026 03:04:05 +0000\r\n";

    @Override
    public CompletionStage<Optional<Reply>> check(Peer peer, Optional<Mailbox> reversePath, Recipient recipient) {
        asked.add(recipient.mailbox().toString());
        boolean ours = recipient.mailbox().domain().equalsIgnoreCase("example.com")
                || recipient.mailbox().domain().equals("mx.example.com");
        boolean nobodys = postmaster.isPresent() && recipient.mailbox().localPart().equalsIgnoreCase("postmaster");
        return verdict.orElseGet(() -> CompletableFuture.completedFuture(
                ours && !nobodys ? Optional.empty() : Optional.of(RELAYING_DENIED)));
    }

    @Override
    public CompletionStage<DeliveryOutcome> deliver(ReceivedMail mail) {
        if (sinkBroken) {
            throw new IllegalStateException("broken sink");
        }
        mails.add(mail);
        try (InputStream in = mail.content().open()) {
            contents.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mail.content().close();
        return outcome;
    }
}
