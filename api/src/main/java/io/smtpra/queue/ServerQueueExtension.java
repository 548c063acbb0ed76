package io.smtpra.queue;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedTask;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBeanAttributes;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Gives an application that holds no queue that of its server: {@code @Inject MailQueue} is then the one of the layer
 * {@code smtp-ra-queue}, and what it observes of mails is told by that one. An application with a queue of its own, or a
 * bean that stands for one, keeps that.
 */
public final class ServerQueueExtension implements Extension {

    private static final Set<Type> EVENTS =
            Set.of(MailSent.class, MailDeferred.class, MailBounced.class, MailExpired.class);

    /** WildFly's default, under the name that an ear has for it too, which is no component. */
    private static final String CONTEXTS = "java:jboss/ee/concurrency/context/default";

    private boolean hasItsOwn;
    private boolean observes;
    private Optional<ObjectName> registered = Optional.empty();

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
     * @param event tells of an observer
     */
    void lookAtObserver(@Observes ProcessObserverMethod<?, ?> event) {
        observes |= EVENTS.contains(event.getObserverMethod().getObservedType());
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

    /**
     * Called by the container.
     *
     * @param event takes what is wrong
     * @param manager of the application
     */
    void listen(@Observes AfterDeploymentValidation event, BeanManager manager) {
        if (hasItsOwn || !observes) {
            return;
        }
        try {
            // the observers run in the application's context, and in the transaction of the queue
            ContextService contexts = InitialContext.doLookup(CONTEXTS);
            QueueEventTarget target = contexts.createContextualProxy(manager.getEvent()::fire,
                    Map.of(ManagedTask.TRANSACTION, ManagedTask.USE_TRANSACTION_OF_EXECUTION_THREAD),
                    QueueEventTarget.class);
            ObjectName name = QueueEventTarget.name(application());
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(target, QueueEventTarget.class), name);
            registered = Optional.of(name);
        } catch (NamingException | JMException e) {
            event.addDeploymentProblem(new IllegalStateException("No events of the server's queue can be told", e));
        }
    }

    /** Its name, or, where there is none, something that no other has. */
    private String application() {
        try {
            return InitialContext.doLookup("java:app/AppName");
        } catch (NamingException e) {
            return "application " + Integer.toHexString(System.identityHashCode(this));
        }
    }

    /**
     * Called by the container.
     *
     * @param event says that it ends
     * @throws JMException if somebody else has ended it
     */
    void stop(@Observes BeforeShutdown event) throws JMException {
        if (registered.isPresent()) {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(registered.get());
        }
    }
}
