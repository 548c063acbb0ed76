package io.smtpra.ra.inbound;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The activations there are. Changes are made one at a time; readers see the table before or after, never between. */
final class ActivationRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(ActivationRegistry.class);

    private final Map<MessageEndpointFactory, Activation> activations = new HashMap<>();
    private volatile RoutingTable table = RoutingTable.empty();

    RoutingTable table() {
        return table;
    }

    synchronized void activate(MessageEndpointFactory factory, ActivationConfig config) throws ResourceException {
        Activation activation = new Activation(factory, config);
        Optional<RoutingTable.Conflict> conflict = table.conflict(config);
        if (conflict.isPresent()) {
            throw new ResourceException(message(conflict.get(), activation));
        }
        activations.put(factory, activation);
        table = table.with(activation);
        LOG.info("smtp-ra: {} takes mail for {}", activation.beanName(), config.recipients());
    }

    /** Takes an activation out of the routing: no recipient is accepted for it any more. */
    synchronized Optional<Activation> remove(MessageEndpointFactory factory) {
        Optional<Activation> activation = Optional.ofNullable(activations.remove(factory));
        activation.ifPresent(removed -> {
            table = table.without(removed);
            removed.close();
        });
        return activation;
    }

    private static String message(RoutingTable.Conflict conflict, Activation second) {
        return "smtp-ra: the beans " + conflict.holder().beanName() + " and " + second.beanName()
                + " both want the recipients '" + conflict.pattern() + "' of listener '"
                + conflict.listener().configurationName() + "'; allowed: one bean a pattern (or journal=true)";
    }
}
