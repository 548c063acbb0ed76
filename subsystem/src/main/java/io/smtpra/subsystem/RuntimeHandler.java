package io.smtpra.subsystem;

import java.util.EnumSet;
import org.jboss.as.controller.AbstractRuntimeOnlyHandler;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.access.Action.ActionEffect;
import org.jboss.as.controller.access.AuthorizationResult.Decision;
import org.jboss.dmr.ModelNode;

/** Asks running adapters, or changes them; takes no lock of the server's, for a drain takes its time. */
abstract class RuntimeHandler extends AbstractRuntimeOnlyHandler {

    private final ActionEffect effect;

    /** A handler that only reads. */
    RuntimeHandler() {
        this(ActionEffect.READ_RUNTIME);
    }

    /**
     * A handler.
     *
     * @param effect what whoever calls it must be allowed to do: nobody else asks, for the model does not change
     */
    RuntimeHandler(ActionEffect effect) {
        this.effect = effect;
    }

    /** What came of it. */
    abstract ModelNode run(OperationContext context, Target target, ModelNode operation)
            throws OperationFailedException;

    /** A listener that is not there gets a message of ours, which names those that are. */
    @Override
    protected boolean resourceMustExist(OperationContext context, ModelNode operation) {
        return false;
    }

    @Override
    protected void executeRuntimeStep(OperationContext context, ModelNode operation) throws OperationFailedException {
        var permission = context.authorize(operation, EnumSet.of(effect));
        if (permission.getDecision() == Decision.DENY) {
            throw new OperationFailedException("You may not do this: " + permission.getExplanation());
        }
        context.getResult().set(run(context, Target.of(context.getCurrentAddress()), operation));
    }
}
