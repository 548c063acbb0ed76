package io.smtpra.ra.outbound;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.message.StoreConfig;
import io.smtpra.ra.server.ServerTransactions;
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.tls.client.ClientTls;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;

/** The outbound side as a server sets it up, with a next hop that is ours. */
final class Outbound implements AutoCloseable {

    final SmtpPeer peer = new SmtpPeer();
    final Telemetry telemetry = new Telemetry();
    final TestPool pool;
    private final boolean joins;
    final SmtpManagedConnectionFactory managedFactory = new SmtpManagedConnectionFactory();
    private final Path spool = Files.createTempDirectory("outbound-test");
    private final ContentStore store;

    /** In a server that enlists the connections of its pool. */
    Outbound() throws IOException {
        this(false, 100);
    }

    /** In a server whose transactions can be joined. */
    static Outbound joining(int connections) throws IOException {
        return new Outbound(true, connections);
    }

    private Outbound(boolean joins, int connections) throws IOException {
        this.joins = joins;
        pool = new TestPool(new TestTransactions(), connections);
        // Anything longer than 100 octets goes into a file.
        store = new ContentStore(new StoreConfig(100, 16 << 20, spool, Runnable::run));
        managedFactory.setHost("127.0.0.1");
        managedFactory.setPort(Integer.toString(peer.port()));
        managedFactory.setTls("disabled");
        managedFactory.setHostName("client.example.com");
        managedFactory.setCommandTimeout("5s");
        managedFactory.setDataTimeout("5s");
    }

    SmtpConnectionFactory factory() throws Exception {
        managedFactory.setResourceAdapter(new Adapter(
                store, joins ? Optional.of(pool.transactions()) : Optional.empty(), telemetry));
        return (SmtpConnectionFactory) managedFactory.createConnectionFactory(pool);
    }

    SmtpConnection connection() throws Exception {
        return factory().getConnection();
    }

    /** The XA resource of the connection that is in the transaction. */
    XAResource resource() throws Exception {
        return pool.trackedConnection().getXAResource();
    }

    /** What the mails that wait take: octets in memory, and files. */
    long held() throws IOException {
        try (Stream<Path> files = Files.list(spool)) {
            return store.memoryInUse() + files.filter(file -> file.toString().endsWith(".content")).count();
        }
    }

    @Override
    public void close() throws Exception {
        peer.close();
        store.close();
        try (Stream<Path> files = Files.list(spool)) {
            files.map(Path::toFile).forEach(java.io.File::delete);
        }
        Files.delete(spool);
    }

    /** The peer has left: waits until the connection, which may have been heard of just now, is looked at and found so. */
    void awaitNoticed(ManagedConnection connection) {
        Eventually.isTrue(() -> !managedFactory.getInvalidConnections(Set.of(connection)).isEmpty());
    }

    static Envelope envelope(String... recipients) {
        return Envelope.from("sender@example.com").to(recipients).build();
    }

    static MailContent content(String text) {
        return MailContent.of(("Subject: " + text + "\r\n\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    static MimeMessage message(String text) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom("sender@example.com");
        message.setRecipients(MimeMessage.RecipientType.TO, "to@example.org");
        message.setSubject(text);
        message.setText(text);
        return message;
    }

    private record Adapter(ContentStore heldMails, Optional<ServerTransactions> transactions,
            Telemetry telemetry) implements ResourceAdapter, FactorySupport {

        @Override
        public Optional<String> domainName() {
            return Optional.empty();
        }

        @Override
        public void register(ClientTls tls) {
            // nobody looks after it
        }

        @Override
        public void bind(String name, Session session) {
            // nobody looks for it
        }

        @Override
        public void start(BootstrapContext context) {
            // nothing to start
        }

        @Override
        public void stop() {
            // nothing to stop
        }

        @Override
        public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        public XAResource[] getXAResources(ActivationSpec[] specs) {
            return new XAResource[0];
        }
    }
}
