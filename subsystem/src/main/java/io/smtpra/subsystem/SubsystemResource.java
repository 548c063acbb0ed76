package io.smtpra.subsystem;

import java.util.function.Supplier;
import org.jboss.as.controller.AbstractAddStepHandler;
import org.jboss.as.controller.AbstractRemoveStepHandler;
import org.jboss.as.controller.AbstractWriteAttributeHandler;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.PathElement;
import org.jboss.as.controller.SimpleAttributeDefinition;
import org.jboss.as.controller.SimpleAttributeDefinitionBuilder;
import org.jboss.as.controller.SimpleResourceDefinition;
import org.jboss.as.controller.client.helpers.MeasurementUnit;
import org.jboss.as.controller.descriptions.ModelDescriptionConstants;
import org.jboss.as.controller.operations.common.GenericSubsystemDescribeHandler;
import org.jboss.as.controller.operations.validation.IntRangeValidator;
import org.jboss.as.controller.registry.AttributeAccess;
import org.jboss.as.controller.registry.ManagementResourceRegistration;
import org.jboss.as.controller.registry.OperationEntry;
import org.jboss.as.controller.registry.Resource;
import org.jboss.as.controller.registry.ResourceProvider;
import org.jboss.as.server.suspend.SuspendableActivityRegistry;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;
import org.jboss.msc.service.ServiceName;

/** The subsystem itself: {@code /subsystem=smtp-ra}. */
final class SubsystemResource extends SimpleResourceDefinition {

    static final PathElement PATH =
            PathElement.pathElement(ModelDescriptionConstants.SUBSYSTEM, SmtpRaExtension.SUBSYSTEM);

    /** Time in which mails may be finished when the server is suspended. */
    static final SimpleAttributeDefinition SUSPEND_TIMEOUT =
            new SimpleAttributeDefinitionBuilder("suspend-timeout", ModelType.INT)
                    .setRequired(false).setAllowExpression(true).setDefaultValue(new ModelNode(20))
                    .setMeasurementUnit(MeasurementUnit.SECONDS)
                    .setValidator(new IntRangeValidator(0, 3_600, true, true))
                    .setFlags(AttributeAccess.Flag.RESTART_NONE).build();

    private static final ServiceName SUSPENSION = ServiceName.of("io", "smtpra", "suspension");

    private final boolean runtime;
    private final Suspension suspension;

    /**
     * The resource.
     *
     * @param runtime whether this process runs adapters itself; a domain's host controller only has their configuration
     */
    SubsystemResource(boolean runtime) {
        this(runtime, new Suspension());
    }

    private SubsystemResource(boolean runtime, Suspension suspension) {
        super(new Parameters(PATH, Texts.of())
                .setAddHandler(new Add(suspension)).setAddRestartLevel(OperationEntry.Flag.RESTART_NONE)
                .setRemoveHandler(new Remove()).setRemoveRestartLevel(OperationEntry.Flag.RESTART_NONE));
        this.runtime = runtime;
        this.suspension = suspension;
    }

    @Override
    public void registerAttributes(ManagementResourceRegistration registration) {
        registration.registerReadWriteAttribute(SUSPEND_TIMEOUT, null, new WriteTimeout(suspension));
        if (runtime) {
            BeanLines.register(registration, "listeners", target -> AdapterBeans.adapters(), "Listeners");
            BeanLines.register(registration, "bans", target -> AdapterBeans.adapters(), "Bans");
        }
    }

    @Override
    public void registerOperations(ManagementResourceRegistration registration) {
        super.registerOperations(registration);
        registration.registerOperationHandler(
                GenericSubsystemDescribeHandler.DEFINITION, GenericSubsystemDescribeHandler.INSTANCE);
        if (runtime) {
            SteeringOperations.register(registration);
        }
    }

    @Override
    public void registerChildren(ManagementResourceRegistration registration) {
        if (runtime) {
            registration.registerSubModel(new ListenerResource());
        }
    }

    private static final class Add extends AbstractAddStepHandler {

        private final Suspension suspension;

        Add(Suspension suspension) {
            super(SUSPEND_TIMEOUT);
            this.suspension = suspension;
        }

        @Override
        protected Resource createResource(OperationContext context) {
            Resource resource = super.createResource(context);
            ResourceProvider.Tool.addResourceProvider(ListenerResource.TYPE, new ListenerNames(), resource);
            return resource;
        }

        @Override
        protected void performRuntime(OperationContext context, ModelNode operation, ModelNode model)
                throws OperationFailedException {
            suspension.within(SUSPEND_TIMEOUT.resolveModelAttribute(context, model).asInt());
            var builder = context.getCapabilityServiceTarget().addService();
            builder.provides(SUSPENSION);
            Supplier<SuspendableActivityRegistry> registry =
                    builder.requires(SuspendableActivityRegistry.SERVICE_DESCRIPTOR);
            builder.setInstance(suspension.service(registry)).install();
        }
    }

    private static final class Remove extends AbstractRemoveStepHandler {

        @Override
        protected void performRuntime(OperationContext context, ModelNode operation, ModelNode model) {
            context.removeService(SUSPENSION);
        }
    }

    private static final class WriteTimeout extends AbstractWriteAttributeHandler<Void> {

        private final Suspension suspension;

        WriteTimeout(Suspension suspension) {
            super(SUSPEND_TIMEOUT);
            this.suspension = suspension;
        }

        @Override
        protected boolean applyUpdateToRuntime(OperationContext context, ModelNode operation, String name,
                ModelNode resolved, ModelNode former, HandbackHolder<Void> handback) {
            suspension.within(resolved.asInt());
            return false;
        }

        @Override
        protected void revertUpdateToRuntime(OperationContext context, ModelNode operation, String name,
                ModelNode toRestore, ModelNode toRevert, Void handback) throws OperationFailedException {
            suspension.within(SUSPEND_TIMEOUT.resolveValue(context, toRestore).asInt());
        }
    }
}
