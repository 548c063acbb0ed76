package io.smtpra.ra;

import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.event.EventActivationSpec;
import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.inbound.work.ServerContracts;
import io.smtpra.ra.log.AdapterMessages;
import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.outbound.session.SessionBindings;
import io.smtpra.ra.server.ServerEnvironment;
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.tls.client.ClientTls;
import jakarta.mail.Session;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What one instance of the adapter does between its start and its stop, as the server asks. */
final class AdapterLifecycle {

    private final Telemetry telemetry;
    private final AtomicReference<AdapterRuntime> running = new AtomicReference<>();
    /** Of the connection factories; one that is used no more goes by itself. */
    private final Set<ClientTls> clients = Collections.newSetFromMap(new WeakHashMap<>());
    private final SessionBindings sessions = new SessionBindings();

    AdapterLifecycle(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    void start(PropertyReader properties, BootstrapContext context) throws ResourceAdapterInternalException {
        try {
            AdapterConfig config = AdapterConfig.read(properties);
            running.set(AdapterRuntime.start(config, new ServerContracts(
                    context.getWorkManager(),
                    context.getTransactionSynchronizationRegistry(),
                    context.getXATerminator(),
                    ServerEnvironment.data()), this::clients, telemetry));
        } catch (InvalidPropertyException e) {
            throw new ResourceAdapterInternalException(e.getMessage(), e);
        }
        bindSessions();
    }

    private void bindSessions() throws ResourceAdapterInternalException {
        try {
            sessions.start();
        } catch (ResourceAdapterInternalException e) {
            stop();
            throw e;
        }
    }

    void stop() {
        sessions.close();
        AdapterRuntime runtime = running.get();
        if (runtime != null) {
            // Until its end it knows the beans whose mails are still on their way, and keeps what these send.
            runtime.close();
            running.compareAndSet(runtime, null);
        }
    }

    void activate(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        AdapterRuntime runtime = running.get();
        if (runtime == null) {
            // WildFly still resumes a bean whose deployment has failed, though the adapter has gone.
            AdapterMessages.LOG.beanWithoutAdapter(factory.getEndpointClass().getName());
        } else if (spec instanceof SmtpActivationSpec mails) {
            runtime.delivery().activate(factory, mails);
        } else if (spec instanceof EventActivationSpec events) {
            runtime.events().activate(factory, events);
        } else {
            throw new NotSupportedException(AdapterMessages.LOG.notOurActivation(spec.getClass().getName()));
        }
    }

    void deactivate(MessageEndpointFactory factory) {
        Optional.ofNullable(running.get()).ifPresent(runtime -> {
            runtime.delivery().deactivate(factory);
            runtime.events().deactivate(factory);
        });
    }

    ContentStore heldMails() throws IOException {
        AdapterRuntime runtime = running.get();
        if (runtime == null) {
            throw new IOException("The resource adapter is not started");
        }
        return runtime.outboundStore().store();
    }

    void register(ClientTls tls) {
        synchronized (clients) {
            clients.add(tls);
        }
    }

    void register(String name, Session session) throws ResourceAdapterInternalException {
        sessions.add(name, session);
    }

    private List<ClientTls> clients() {
        synchronized (clients) {
            return List.copyOf(clients);
        }
    }
}
