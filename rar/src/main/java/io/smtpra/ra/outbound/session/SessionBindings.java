package io.smtpra.ra.outbound.session;

import io.smtpra.ra.log.OutboundMessages;
import jakarta.mail.Session;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Sessions that one adapter has bound, or will bind when it has started. A server makes connection factories
 * before it starts their adapter, and lets an application go as soon as the names are there that it asks for: so
 * these must not be there before mail can be sent.
 */
public final class SessionBindings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionBindings.class);

    private final Naming naming;
    private final List<Named> waiting = new ArrayList<>();
    private final Deque<String> bound = new ArrayDeque<>();
    private boolean started;

    /** Binds in the server's naming. */
    public SessionBindings() {
        this(InitialContext::new);
    }

    SessionBindings(Naming naming) {
        this.naming = naming;
    }

    /**
     * Binds a Session when the adapter has started; at once if it has.
     *
     * @throws ResourceAdapterInternalException if its name is not to be had
     */
    public synchronized void add(String name, Session session) throws ResourceAdapterInternalException {
        Named named = new Named(name, session);
        if (started) {
            bind(named);
        } else {
            waiting.add(named);
        }
    }

    /**
     * Binds what waits.
     *
     * @throws ResourceAdapterInternalException if a name is not to be had: then none of them is bound
     */
    public synchronized void start() throws ResourceAdapterInternalException {
        try {
            for (Named named : waiting) {
                bind(named);
            }
            waiting.clear();
            started = true;
        } catch (ResourceAdapterInternalException e) {
            close();
            throw e;
        }
    }

    /** Takes the names back, where the server has not done so with the deployment. */
    @Override
    public synchronized void close() {
        started = false;
        while (!bound.isEmpty()) {
            String name = bound.pop();
            try {
                naming.open().unbind(name);
            } catch (NamingException | IllegalStateException e) {
                // WildFly lets nobody unbind while it undeploys: the name goes with the deployment.
                LOG.debug("{} is left to the server", name, e);
            }
        }
    }

    private void bind(Named named) throws ResourceAdapterInternalException {
        try {
            naming.open().bind(named.name, named.session);
            bound.push(named.name);
            OutboundMessages.LOG.sessionBound(named.name);
        } catch (NamingException | IllegalStateException e) {
            throw new ResourceAdapterInternalException(
                    OutboundMessages.LOG.sessionNotBound(named.name, reason(e)), e);
        }
    }

    private static String reason(Exception e) {
        Throwable root = e;
        for (int i = 0; i < 20 && root.getCause() != null; i++) {
            root = root.getCause();
        }
        return root == e ? e.toString() : e + ": " + root;
    }

    /** The way to the names. */
    interface Naming {
        Context open() throws NamingException;
    }

    private record Named(String name, Session session) {}
}
