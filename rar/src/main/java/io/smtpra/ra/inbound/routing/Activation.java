package io.smtpra.ra.inbound.routing;

import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.Objects;

/** One bean's subscription, from its activation to its deactivation. Each activation is its own: equal to no other. */
public final class Activation {

    private final MessageEndpointFactory factory;
    private final ActivationConfig config;

    public Activation(MessageEndpointFactory factory, ActivationConfig config) {
        this.factory = Objects.requireNonNull(factory, "factory");
        this.config = Objects.requireNonNull(config, "config");
    }

    /** Makes the bean's endpoints. */
    public MessageEndpointFactory factory() {
        return factory;
    }

    /** What the bean wants. */
    public ActivationConfig config() {
        return config;
    }

    /** The bean, as messages name it. */
    public String beanName() {
        return factory.getEndpointClass().getName();
    }

    @Override
    public String toString() {
        return beanName() + " " + config.recipients();
    }
}
