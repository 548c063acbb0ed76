package io.smtpra.ra;

import io.smtpra.ListenerKind;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.Container;
import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.protocol.ListenerRules;
import io.smtpra.ra.inbound.protocol.ProtocolConfig;
import io.smtpra.ra.inbound.protocol.SaslMechanism;
import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.outbound.CertificateRegister;
import io.smtpra.ra.outbound.compose.HeldMailStore;
import io.smtpra.ra.server.SecurityDomainUsers;
import io.smtpra.ra.tls.ClientCertificates;
import io.smtpra.ra.tls.ClientTls;
import io.smtpra.ra.tls.ServerTlsConfig;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.SecurityContext;
import jakarta.resource.spi.work.TransactionContext;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.transaction.xa.XAResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SMTP as a resource: receives mail for message-driven beans, and lends its lifecycle to the connections that send it.
 *
 * <p>With its own defaults it listens nowhere, for a server may make any number of instances of it; the
 * {@code ironjacamar.xml} in the archive opens a port.
 */
@Connector(
        displayName = "smtp-ra",
        description = "Mail in and out over SMTP",
        vendorName = "smtp-ra",
        eisType = "SMTP",
        version = "1.0",
        transactionSupport = TransactionSupportLevel.XATransaction,
        requiredWorkContexts = {TransactionContext.class, SecurityContext.class, HintsContext.class})
public class SmtpResourceAdapter extends PortIdentityProperties implements HeldMailStore, CertificateRegister {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpResourceAdapter.class);

    private final AtomicReference<AdapterRuntime> running = new AtomicReference<>();
    /** Of the connection factories; one that is used no more goes by itself. */
    private final Set<ClientTls> clients = Collections.newSetFromMap(new WeakHashMap<>());

    /** Makes an adapter with default values. */
    public SmtpResourceAdapter() {
        // a bean
    }

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        try {
            AdapterConfig config = toConfig();
            running.set(AdapterRuntime.start(config, new Container(
                    context.getWorkManager(),
                    context.getTransactionSynchronizationRegistry(),
                    context.getXATerminator()), this::clients));
        } catch (InvalidPropertyException e) {
            throw new ResourceAdapterInternalException(e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        Optional.ofNullable(running.getAndSet(null)).ifPresent(AdapterRuntime::close);
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        if (!(spec instanceof SmtpActivationSpec smtpSpec)) {
            throw new NotSupportedException("smtp-ra: not an activation of this adapter: " + spec.getClass().getName());
        }
        AdapterRuntime runtime = running.get();
        if (runtime == null) {
            // WildFly still resumes a bean whose deployment has failed, though the adapter has gone.
            LOG.warn("smtp-ra: {} gets no mail, for its adapter is stopped", factory.getEndpointClass().getName());
            return;
        }
        runtime.delivery().activate(factory, smtpSpec);
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        Optional.ofNullable(running.get()).ifPresent(runtime -> runtime.delivery().deactivate(factory));
    }

    @Override
    public ContentStore heldMails() throws IOException {
        AdapterRuntime runtime = running.get();
        if (runtime == null) {
            throw new IOException("The resource adapter is not started");
        }
        return runtime.heldMails().store();
    }

    @Override
    public void register(ClientTls tls) {
        synchronized (clients) {
            clients.add(tls);
        }
    }

    private List<ClientTls> clients() {
        synchronized (clients) {
            return List.copyOf(clients);
        }
    }

    /** Nothing to recover here: what endpoints do is the server's to recover. */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    /**
     * Reads the properties.
     *
     * @throws InvalidPropertyException if any of them is wrong: one message for all
     */
    AdapterConfig toConfig() throws InvalidPropertyException {
        PropertyReader reader = new PropertyReader(SmtpResourceAdapter.class, "resource adapter");
        String hostName = host(reader);
        List<ListenerConfig> listeners = listeners(reader);
        ServerTlsConfig tls = tlsConfig(reader, hostName);
        Map<ListenerKind, ClientCertificates> clientCertificates = clientCertificates(reader, tls);
        Map<ListenerKind, ListenerRules> rules = rules(reader, listeners);
        List<SaslMechanism> mechanisms = mechanisms(reader);
        checkExternal(reader, mechanisms, rules, clientCertificates, tls);
        Optional<SecurityDomainUsers> domain = securityDomain(reader);
        checkDomain(reader, mechanisms, rules, domain);
        AdapterConfig config = new AdapterConfig(
                listeners,
                connectionLimits(reader),
                handshakeFailures(reader),
                tls,
                clientCertificates,
                new ProtocolConfig(hostName, rules, extensions(reader), protocolLimits(reader),
                        bareNewlinePolicy(reader), mechanisms, senderRule(reader)),
                domain,
                certificateUsers(reader),
                deliveryConfig(reader),
                storeBounds(reader));
        reader.finish();
        return config;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmtpResourceAdapter adapter && values().equals(adapter.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }
}
