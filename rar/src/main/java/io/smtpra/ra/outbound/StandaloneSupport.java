package io.smtpra.ra.outbound;

import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.message.HeldMailStore;
import io.smtpra.ra.message.OwnMailStore;
import io.smtpra.ra.server.ServerTransactions;
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.tls.client.ClientTls;
import jakarta.mail.Session;
import java.io.IOException;
import java.util.Optional;

/** What a connection factory without a resource adapter has instead: a store in the directory for temporary files. */
final class StandaloneSupport implements FactorySupport {

    private final Telemetry telemetry = new Telemetry();
    private final HeldMailStore store = new OwnMailStore();

    @Override
    public ContentStore heldMails() throws IOException {
        return store.heldMails();
    }

    @Override
    public Optional<String> domainName() {
        return Optional.empty();
    }

    @Override
    public Optional<ServerTransactions> transactions() {
        return Optional.empty();
    }

    @Override
    public Telemetry telemetry() {
        return telemetry;
    }

    @Override
    public void register(ClientTls tls) {
        // nobody looks after it
    }

    @Override
    public void bind(String name, Session session) {
        // there is no JNDI to bind it in
    }
}
