package io.smtpra.subsystem;

import java.util.List;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.PathElement;
import org.jboss.as.controller.SimpleAttributeDefinitionBuilder;
import org.jboss.as.controller.SimpleResourceDefinition;
import org.jboss.as.controller.registry.ManagementResourceRegistration;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;

/** A port of a running adapter: {@code /subsystem=smtp-ra/listener="127.0.0.1:2525"}. */
final class ListenerResource extends SimpleResourceDefinition {

    static final String TYPE = "listener";

    /** A figure, and the attribute of the bean that has it. */
    private record Shown(AttributeDefinition definition, String attribute) {

        static Shown of(String name, ModelType type, String attribute) {
            return new Shown(new SimpleAttributeDefinitionBuilder(name, type).setStorageRuntime().build(), attribute);
        }
    }

    private static final List<Shown> OF_THE_PORT = List.of(
            Shown.of("kind", ModelType.STRING, "Kind"),
            Shown.of("state", ModelType.STRING, "State"),
            Shown.of("connections", ModelType.INT, "Connections"));

    ListenerResource() {
        super(new Parameters(PathElement.pathElement(TYPE), Texts.of(TYPE)).setRuntime());
    }

    @Override
    public void registerAttributes(ManagementResourceRegistration registration) {
        for (Shown shown : OF_THE_PORT) {
            registration.registerReadOnlyAttribute(shown.definition(), new Reading(shown.attribute()));
        }
        BeanLines.register(registration, "allowed-networks", Target::ports, "AllowedNetworks");
        BeanLines.register(registration, "denied-networks", Target::ports, "DeniedNetworks");
        for (Limit limit : Limit.values()) {
            registration.registerReadOnlyAttribute(limit.attribute(), new Reading(limit.beanAttribute()) {
                @Override
                Object value(Target target) throws OperationFailedException {
                    return AdapterBeans.read(target.limits().get(0), limit.beanAttribute());
                }
            });
        }
    }

    @Override
    public void registerOperations(ManagementResourceRegistration registration) {
        super.registerOperations(registration);
        SteeringOperations.register(registration);
    }

    /** Reads an attribute of the port's bean. */
    private static class Reading extends RuntimeHandler {

        private final String attribute;

        Reading(String attribute) {
            this.attribute = attribute;
        }

        Object value(Target target) throws OperationFailedException {
            return AdapterBeans.read(target.ports().get(0), attribute);
        }

        @Override
        ModelNode run(OperationContext context, Target target, ModelNode operation) throws OperationFailedException {
            Object value = value(target);
            if (value instanceof Integer number) {
                return new ModelNode(number);
            }
            return value instanceof Long number ? new ModelNode(number) : new ModelNode(String.valueOf(value));
        }
    }
}
