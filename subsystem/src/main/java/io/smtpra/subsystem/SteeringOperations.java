package io.smtpra.subsystem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.SimpleAttributeDefinition;
import org.jboss.as.controller.SimpleAttributeDefinitionBuilder;
import org.jboss.as.controller.SimpleOperationDefinitionBuilder;
import org.jboss.as.controller.StringListAttributeDefinition;
import org.jboss.as.controller.access.Action.ActionEffect;
import org.jboss.as.controller.operations.validation.IntRangeValidator;
import org.jboss.as.controller.registry.ManagementResourceRegistration;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;

/**
 * The operations: at the subsystem for all that listens in this server, at a listener for it alone; what the ports of
 * an adapter share, as limits and bans, is then that of its adapter.
 */
final class SteeringOperations {

    private static final SimpleAttributeDefinition ID = parameter("id", ModelType.STRING).build();
    /** Not {@code address}, which is that of the resource. */
    private static final SimpleAttributeDefinition CLIENT = parameter("client", ModelType.STRING).build();
    private static final SimpleAttributeDefinition MINUTES = parameter("minutes", ModelType.INT)
            .setValidator(new IntRangeValidator(1, 525_600, false, false)).build();
    private static final SimpleAttributeDefinition SECONDS = parameter("seconds", ModelType.INT)
            .setRequired(false).setDefaultValue(new ModelNode(60))
            .setValidator(new IntRangeValidator(0, 3_600, true, false)).build();
    private static final StringListAttributeDefinition ALLOWED = networks("allowed");
    private static final StringListAttributeDefinition DENIED = networks("denied");
    private static final Limit[] LIMITS = Limit.values();

    /** What an operation does. */
    @FunctionalInterface
    private interface Doing {

        ModelNode on(Target target, Parameters parameters) throws OperationFailedException;
    }

    /** The parameters as they were given. */
    private record Parameters(OperationContext context, ModelNode operation) {

        ModelNode get(AttributeDefinition parameter) throws OperationFailedException {
            return parameter.resolveModelAttribute(context, operation);
        }

        /** A list, as the adapter's properties have it. */
        String list(StringListAttributeDefinition parameter) throws OperationFailedException {
            return String.join(",", parameter.unwrap(context, operation));
        }
    }

    private SteeringOperations() {}

    /** Registers all of them. */
    static void register(ManagementResourceRegistration registration) {
        read(registration, operation("sessions").setReplyType(ModelType.LIST).setReplyValueType(ModelType.STRING),
                (target, parameters) -> BeanLines.read(target.ports(), "Sessions"));
        change(registration, operation("end-session").setParameters(ID),
                (target, parameters) -> endSession(target, parameters.get(ID).asString()));
        change(registration, operation("pause"), (target, parameters) -> all(target.ports(), "pause"));
        change(registration, operation("turn-away"), (target, parameters) -> all(target.ports(), "turnAway"));
        change(registration, operation("resume"), (target, parameters) -> all(target.ports(), "resume"));
        change(registration, operation("drain").setParameters(SECONDS).setReplyType(ModelType.INT),
                (target, parameters) -> drain(target.ports(), parameters.get(SECONDS).asInt()));
        change(registration, operation("ban").setParameters(CLIENT, MINUTES), (target, parameters) -> all(
                target.adapters(), "ban", parameters.get(CLIENT).asString(), parameters.get(MINUTES).asInt()));
        change(registration, operation("unban").setParameters(CLIENT).setReplyType(ModelType.BOOLEAN),
                (target, parameters) -> unban(target, parameters.get(CLIENT).asString()));
        change(registration, operation("clear-bans"), (target, parameters) -> all(target.adapters(), "clearBans"));
        change(registration, operation("set-limits").setParameters(
                Arrays.stream(LIMITS).map(Limit::parameter).toArray(AttributeDefinition[]::new)),
                SteeringOperations::setLimits);
        change(registration, operation("set-access").setParameters(ALLOWED, DENIED), (target, parameters) -> all(
                target.adapters(), "setAccess", parameters.list(ALLOWED), parameters.list(DENIED)));
        change(registration, operation("reload-certificates"),
                (target, parameters) -> all(target.certificates(), "reload"));
        change(registration, operation("flush-tls-sessions"),
                (target, parameters) -> all(target.certificates(), "flushSessions"));
    }

    private static ModelNode all(List<ObjectName> beans, String operation, Object... arguments)
            throws OperationFailedException {
        for (ObjectName bean : beans) {
            AdapterBeans.call(bean, operation, arguments);
        }
        return new ModelNode();
    }

    private static ModelNode endSession(Target target, String id) throws OperationFailedException {
        for (ObjectName adapter : target.adapters()) {
            if (AdapterBeans.lines(adapter, "Sessions").stream().anyMatch(line -> line.startsWith(id + " "))) {
                AdapterBeans.call(adapter, "endSession", id);
                return new ModelNode();
            }
        }
        throw new OperationFailedException("There is no session " + id);
    }

    /** All begin at once; then one waits for the other. */
    private static ModelNode drain(List<ObjectName> beans, int seconds) throws OperationFailedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (ObjectName bean : beans) {
            AdapterBeans.call(bean, "pause");
            AdapterBeans.call(bean, "finishSessions");
        }
        int left = 0;
        for (ObjectName bean : beans) {
            int rest = (int) Math.ceil(Math.max(0, end - System.nanoTime()) / 1e9);
            left += (Integer) AdapterBeans.call(bean, "drain", rest);
        }
        return new ModelNode(left);
    }

    private static ModelNode unban(Target target, String address) throws OperationFailedException {
        boolean known = false;
        for (ObjectName adapter : target.adapters()) {
            known |= (Boolean) AdapterBeans.call(adapter, "unban", address);
        }
        return new ModelNode(known);
    }

    private static ModelNode setLimits(Target target, Parameters parameters) throws OperationFailedException {
        List<Limit> changed = new ArrayList<>();
        for (Limit limit : LIMITS) {
            if (parameters.operation().hasDefined(limit.parameter().getName())) {
                changed.add(limit);
            }
        }
        if (changed.isEmpty()) {
            throw new OperationFailedException("No limit is named, allowed: " + Arrays.stream(LIMITS)
                    .map(limit -> limit.parameter().getName()).collect(Collectors.joining(", ")));
        }
        for (ObjectName adapter : target.limits()) {
            for (Limit limit : changed) {
                AdapterBeans.write(adapter, limit.beanAttribute(), limit.beanValue(parameters.get(limit.parameter())));
            }
        }
        return new ModelNode();
    }

    private static void read(ManagementResourceRegistration registration, SimpleOperationDefinitionBuilder operation,
            Doing doing) {
        registration.registerOperationHandler(
                operation.setReadOnly().build(), handler(ActionEffect.READ_RUNTIME, doing));
    }

    private static void change(ManagementResourceRegistration registration, SimpleOperationDefinitionBuilder operation,
            Doing doing) {
        registration.registerOperationHandler(operation.build(), handler(ActionEffect.WRITE_RUNTIME, doing));
    }

    private static RuntimeHandler handler(ActionEffect effect, Doing doing) {
        return new RuntimeHandler(effect) {
            @Override
            ModelNode run(OperationContext context, Target target, ModelNode operation)
                    throws OperationFailedException {
                return doing.on(target, new Parameters(context, operation));
            }
        };
    }

    private static SimpleOperationDefinitionBuilder operation(String name) {
        return new SimpleOperationDefinitionBuilder(name, Texts.of()).setRuntimeOnly();
    }

    private static SimpleAttributeDefinitionBuilder parameter(String name, ModelType type) {
        return new SimpleAttributeDefinitionBuilder(name, type).setRequired(true);
    }

    private static StringListAttributeDefinition networks(String name) {
        return new StringListAttributeDefinition.Builder(name).setRequired(false).build();
    }
}
