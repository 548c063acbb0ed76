package io.smtpra.testkit;

import io.smtpra.AddressSyntax;
import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.listener.ListenerRuntime;
import io.smtpra.ra.inbound.listener.SmtpListener;
import io.smtpra.ra.inbound.listener.Timeouts;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.inbound.smtp.ProtocolPorts;
import io.smtpra.ra.inbound.smtp.SmtpServerProtocol;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.Authenticator;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import io.smtpra.ra.inbound.smtp.command.NoDirectory;
import io.smtpra.ra.inbound.smtp.content.MailIds;
import io.smtpra.ra.inbound.smtp.hosting.OutsideHooks;
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
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.server.ServerTls;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The adapter's listener, put together for a test. What was started is ended in the opposite order. */
final class InboxServer implements AutoCloseable {

    static final String HOST_NAME = "localhost";

    private static final int MOST_MEMORY = 64 << 20;
    private static final int MOST_CONNECTIONS = 1_000;
    private static final int THREADS = 2;
    /** A test's errors are meant. */
    private static final int PATIENCE = 1_000_000;
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Deque<AutoCloseable> endings = new ArrayDeque<>();
    private final InboxCertificate certificate;
    private int port;

    private InboxServer(InboxCertificate certificate) {
        this.certificate = certificate;
    }

    static InboxServer start(Inbox.Builder wanted, InboxScript script, InboxTranscript transcript, InboxMails mails)
            throws IOException {
        Path directory = Files.createTempDirectory("smtp-ra-testkit");
        InboxServer server = new InboxServer(new InboxCertificate(directory));
        server.endings.push(() -> delete(directory));
        try {
            server.listen(wanted, script, transcript, mails, directory.resolve("spool"));
            return server;
        } catch (IOException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    InboxCertificate certificate() {
        return certificate;
    }

    @Override
    public void close() {
        while (!endings.isEmpty()) {
            try {
                endings.pop().close();
            } catch (Exception e) {
                // what follows is ended all the same, and a test has nothing to do about it
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private void listen(Inbox.Builder wanted, InboxScript script, InboxTranscript transcript, InboxMails mails,
            Path spool) throws IOException {
        ContentStore store = new ContentStore(new StoreConfig(1 << 20, MOST_MEMORY, spool, Runnable::run));
        endings.push(store::close);
        Optional<ServerTls> tls = wanted.tls() == InboxTls.OFF ? Optional.empty() : Optional.of(tls());
        tls.ifPresent(endings::push);
        ListenerRuntime runtime = new ListenerRuntime(
                THREADS, new ConnectionLimits(MOST_CONNECTIONS, MOST_CONNECTIONS), PATIENCE, new Telemetry());
        endings.push(runtime);
        ListenerKind kind = wanted.tls() == InboxTls.IMPLICIT ? ListenerKind.SUBMISSIONS : ListenerKind.SMTP;
        SmtpServerProtocol protocol = new SmtpServerProtocol(config(kind, wanted), ports(wanted, mails, store));
        SmtpListener listener = new SmtpListener(new ListenerConfig(kind,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted.port()),
                wanted.tls() == InboxTls.IMPLICIT, Timeouts.DEFAULT, AccessRules.EVERYBODY, Optional.empty()),
                new InboxProtocol(protocol, script, transcript), tls, runtime);
        port = listener.start().getPort();
        endings.push(() -> stop(listener));
    }

    private ServerTls tls() throws IOException {
        try {
            return ServerTls.open(ServerTlsConfig.of(certificate.material()));
        } catch (TlsConfigurationException e) {
            throw new IOException("TLS cannot be had: " + e.getMessage(), e);
        }
    }

    private static ProtocolPorts ports(Inbox.Builder wanted, InboxMails mails, ContentStore store) {
        Authenticator users = (credentials, peer) -> CompletableFuture.completedFuture(
                wanted.user().filter(user -> credentials instanceof ClientCredentials.Password given
                        && given.user().equals(user.name()) && given.password().equals(user.password()))
                        .<AuthOutcome>map(user -> new AuthOutcome.Authenticated(user.name()))
                        .orElseGet(AuthOutcome.Refused::new));
        return new ProtocolPorts((peer, sender, recipient) -> CompletableFuture.completedFuture(Optional.empty()),
                mails, store, new MailIds(), Optional.of(users), NoDirectory.INSTANCE, OutsideHooks.of(List.of()),
                Optional.empty(), Optional.empty(), Clock.systemUTC());
    }

    /** As the adapter is by default, with DSN, and without BDAT: a content is always the step DATA. */
    private static ProtocolConfig config(ListenerKind kind, Inbox.Builder wanted) {
        Set<Extension> extensions = EnumSet.copyOf(Extension.defaults());
        extensions.remove(Extension.CHUNKING);
        extensions.add(Extension.DSN);
        StartTlsPolicy startTls = switch (wanted.tls()) {
            case OFF, IMPLICIT -> StartTlsPolicy.DISABLED;
            case OFFERED -> StartTlsPolicy.ENABLED;
            case REQUIRED -> StartTlsPolicy.REQUIRED;
        };
        AuthenticationRule authentication =
                wanted.user().isPresent() ? AuthenticationRule.REQUIRED : AuthenticationRule.NONE;
        ProtocolLimits limits = ProtocolLimits.defaults();
        return new ProtocolConfig(HOST_NAME, Map.of(kind, new ListenerRules(startTls, authentication)), extensions,
                new ProtocolLimits(limits.maxMessageSize(), limits.maxRecipients(), PATIENCE, PATIENCE, PATIENCE,
                        PATIENCE, limits.maxReceivedHeaders()),
                AddressSyntax.COMMON, BareNewlinePolicy.REJECT, List.of(SaslMechanism.PLAIN, SaslMechanism.LOGIN),
                SenderRule.NONE);
    }

    private static void stop(SmtpListener listener) throws InterruptedException, ExecutionException, TimeoutException {
        listener.stop(Duration.ZERO).toCompletableFuture().get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
