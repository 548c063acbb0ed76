package io.smtpra.ra.tls;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jboss.msc.service.ServiceActivator;
import org.jboss.msc.service.ServiceActivatorContext;
import org.jboss.msc.service.ServiceController;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.ServiceRegistry;

/**
 * The SSL contexts of WildFly's Elytron subsystem, which are services of its container. WildFly makes an activator when
 * it deploys the archive and hands the container to it; no other way leads from a resource adapter to those services,
 * and none from the activator to the adapter but a static field, which lives as long as the deployment.
 */
public final class WildFlySslContexts implements ServiceActivator {

    private static final ServiceName SSL_CONTEXT = ServiceName.of("org", "wildfly", "security", "ssl-context");
    private static final int WAIT_SECONDS = 10;
    private static final AtomicReference<ServiceRegistry> REGISTRY = new AtomicReference<>();

    /** Called by WildFly when it deploys the archive. */
    @Override
    public void activate(ServiceActivatorContext context) {
        REGISTRY.set(context.getServiceRegistry());
    }

    /** The context of a name; absent if there is none, if it does not start, and if this is not WildFly. */
    static Optional<SSLContext> named(String name) {
        return Optional.ofNullable(REGISTRY.get())
                .map(registry -> registry.getService(SSL_CONTEXT.append(name)))
                .flatMap(WildFlySslContexts::value);
    }

    private static Optional<SSLContext> value(ServiceController<?> service) {
        service.compareAndSetMode(ServiceController.Mode.ON_DEMAND, ServiceController.Mode.ACTIVE);
        try {
            return Optional.of((SSLContext) service.awaitValue(WAIT_SECONDS, TimeUnit.SECONDS));
        } catch (IllegalStateException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
