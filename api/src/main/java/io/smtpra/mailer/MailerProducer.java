package io.smtpra.mailer;

import io.smtpra.queue.MailQueue;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Gives an injection point with {@link MailRoute} its mailer. The connection factory is looked for when it sends.
 *
 * <p>It has no scope of its own: one would make an archive of beans of the adapter's.
 */
public class MailerProducer {

    private static final String NAMES = "java:/smtp/";

    private final Instance<MailQueue> queue;

    /**
     * Called by the container.
     *
     * @param queue the application's queue, if it has one
     */
    @Inject
    public MailerProducer(@Any Instance<MailQueue> queue) {
        this.queue = queue;
    }

    /**
     * The mailer of an injection point.
     *
     * @param point has the qualifier
     * @return the mailer
     */
    @Produces
    @MailRoute
    @Dependent
    public Mailer mailer(InjectionPoint point) {
        String name = point.getQualifiers().stream()
                .filter(MailRoute.class::isInstance).map(qualifier -> ((MailRoute) qualifier).value())
                .findFirst().orElse("relay");
        String jndiName = name.startsWith("java:") ? name : NAMES + name;
        return new FactoryMailer(() -> FactoryMailer.factory(jndiName), Optional.of(jndiName),
                () -> queue.isResolvable() ? Optional.of(queue.get()) : Optional.empty(), FactoryMailer::executor);
    }
}
