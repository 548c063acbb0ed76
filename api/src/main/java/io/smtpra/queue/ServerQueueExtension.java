package io.smtpra.queue;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBeanAttributes;

/**
 * Gives an application that holds no queue that of its server: {@code @Inject MailQueue} is then the one of the layer
 * {@code smtp-ra-queue}. An application with a queue of its own, or a bean that stands for one, keeps that.
 */
public final class ServerQueueExtension implements Extension {

    private boolean hasItsOwn;

    /**
     * Called by the container.
     *
     * @param event tells of a bean
     */
    void look(@Observes ProcessBeanAttributes<?> event) {
        hasItsOwn |= event.getBeanAttributes().getTypes().contains(MailQueue.class);
    }

    /**
     * Called by the container.
     *
     * @param event takes the server's queue
     */
    void addQueue(@Observes AfterBeanDiscovery event) {
        if (!hasItsOwn) {
            event.addBean()
                    .types(Object.class, MailQueue.class).qualifiers(Any.Literal.INSTANCE, Default.Literal.INSTANCE)
                    .scope(Dependent.class).produceWith(instance -> ServerQueue.find());
        }
    }
}
