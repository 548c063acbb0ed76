package io.smtpra.subsystem;

import java.util.List;
import javax.management.ObjectName;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.StringListAttributeDefinition;
import org.jboss.as.controller.registry.ManagementResourceRegistration;
import org.jboss.dmr.ModelNode;

/** Lists of texts that beans have. */
final class BeanLines {

    /** Finds the beans that have a list. */
    @FunctionalInterface
    interface Source {

        List<ObjectName> of(Target target) throws OperationFailedException;
    }

    private BeanLines() {}

    /** Registers an attribute of a resource that shows the lines of several beans. */
    static void register(
            ManagementResourceRegistration registration, String name, Source source, String beanAttribute) {
        registration.registerReadOnlyAttribute(
                new StringListAttributeDefinition.Builder(name).setStorageRuntime().build(), new RuntimeHandler() {
                    @Override
                    ModelNode run(OperationContext context, Target target, ModelNode operation)
                            throws OperationFailedException {
                        return read(source.of(target), beanAttribute);
                    }
                });
    }

    /** The lines of several beans. */
    static ModelNode read(List<ObjectName> beans, String attribute) throws OperationFailedException {
        ModelNode lines = new ModelNode().setEmptyList();
        for (ObjectName bean : beans) {
            AdapterBeans.lines(bean, attribute).forEach(lines::add);
        }
        return lines;
    }
}
