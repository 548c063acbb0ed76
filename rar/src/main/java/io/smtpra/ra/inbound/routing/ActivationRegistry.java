package io.smtpra.ra.inbound.routing;

import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import io.smtpra.Reply;
import io.smtpra.ra.log.DeliveryMessages;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The activations there are. Changes are made one at a time; readers see the table before or after, never between. */
public final class ActivationRegistry {

    private final long started = System.nanoTime();
    private final RoutingConfig config;
    private final Map<MessageEndpointFactory, Activation> activations = new HashMap<>();
    private final Set<MessageEndpointFactory> leftOut = ConcurrentHashMap.newKeySet();
    private final AbsentRecipients absent = new AbsentRecipients();
    private volatile RoutingTable table = RoutingTable.empty();
    /** Whether any bean has come at all. */
    private volatile boolean anyCame;

    /**
     * An empty registry.
     *
     * @param config what is said to recipients that nobody takes; its grace period begins now
     */
    public ActivationRegistry(RoutingConfig config) {
        this.config = config;
    }

    public RoutingTable table() {
        return table;
    }

    public synchronized void activate(Activation activation) throws ResourceException {
        ActivationConfig wanted = activation.config();
        Optional<RoutingTable.Conflict> conflict = table.conflict(wanted);
        if (conflict.isPresent()) {
            throw new ResourceException(message(conflict.get(), activation));
        }
        activations.put(activation.factory(), activation);
        table = table.with(activation);
        absent.remove(wanted);
        anyCame = true;
        DeliveryMessages.LOG.takesMail(activation.beanName(), wanted.recipients());
    }

    /** Notes that a bean which ought to get mail does not: its recipients are not known, and not to be refused for good. */
    public void leaveOut(MessageEndpointFactory factory) {
        leftOut.add(factory);
    }

    /** Takes an activation out of the routing: no recipient is accepted for it any more. */
    public synchronized Optional<Activation> remove(MessageEndpointFactory factory) {
        leftOut.remove(factory);
        Optional<Activation> activation = Optional.ofNullable(activations.remove(factory));
        activation.ifPresent(removed -> {
            absent.add(removed.config());
            table = table.without(removed);
        });
        return activation;
    }

    /**
     * What a recipient hears that nobody takes: for good, that it is not ours; but for now, if somebody took it before,
     * may still come, or is known to take it elsewhere.
     */
    Reply unclaimed(ListenerKind listener, Mailbox recipient) {
        boolean expected = !anyCame
                || !leftOut.isEmpty()
                || System.nanoTime() - started < config.gracePeriod().toNanos();
        return expected
                        || absent.matches(listener, recipient)
                        || config.isLocal(recipient)
                        // It has come just now: its recipients are in the table before they leave the absent ones.
                        || table.taker(listener, recipient).isPresent()
                ? BeanReplies.STOPPED
                : BeanReplies.RELAYING_DENIED;
    }

    private static String message(RoutingTable.Conflict conflict, Activation second) {
        return DeliveryMessages.LOG.patternTaken(conflict.holder().beanName(), second.beanName(), conflict.pattern(),
                conflict.listener().configurationName());
    }
}
