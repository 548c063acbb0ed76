package io.smtpra.ra.server;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.msc.service.ServiceActivator;
import org.jboss.msc.service.ServiceActivatorContext;
import org.jboss.msc.service.ServiceController;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.ServiceRegistry;

/**
 * The services of WildFly's container. WildFly makes an activator when it deploys the archive and hands the container
 * to it; no other way leads from a deployed resource adapter to those services, and none from the activator to the
 * adapter but a static field, which lives as long as the deployment. An adapter that is a module of the server has no
 * activator, but may see the server's own classes, of which one knows the container.
 */
public final class WildFlyServices implements ServiceActivator {

    private static final int WAIT_SECONDS = 10;
    private static final AtomicReference<ServiceRegistry> REGISTRY = new AtomicReference<>();

    /** Called by WildFly when it deploys the archive. */
    @Override
    public void activate(ServiceActivatorContext context) {
        REGISTRY.set(context.getServiceRegistry());
    }

    /** The value of a service; absent if there is none, if it does not start, and if this is not WildFly. */
    static Optional<Object> value(String capability, String name) {
        return Optional.ofNullable(REGISTRY.get()).or(WildFlyServices::ofTheServer)
                .map(registry -> registry.getService(ServiceName.parse(capability).append(name)))
                .flatMap(WildFlyServices::value);
    }

    private static Optional<ServiceRegistry> ofTheServer() {
        try {
            Class<?> container = Class.forName("org.jboss.as.server.CurrentServiceContainer", true,
                    WildFlyServices.class.getClassLoader());
            return Optional.ofNullable((ServiceRegistry) container.getMethod("getServiceContainer").invoke(null));
        } catch (ReflectiveOperationException e) {
            // a deployment, which does not see the server's classes
            return Optional.empty();
        }
    }

    /** Many services of the Elytron subsystem start only when something in the server's configuration asks for them. */
    private static Optional<Object> value(ServiceController<?> service) {
        service.compareAndSetMode(ServiceController.Mode.ON_DEMAND, ServiceController.Mode.ACTIVE);
        service.compareAndSetMode(ServiceController.Mode.LAZY, ServiceController.Mode.ACTIVE);
        try {
            return Optional.ofNullable(service.awaitValue(WAIT_SECONDS, TimeUnit.SECONDS));
        } catch (IllegalStateException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
