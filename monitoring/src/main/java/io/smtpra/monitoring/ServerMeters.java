package io.smtpra.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

/** Binds the meters to the server's registry as long as the deployment is there. */
@ApplicationScoped
class ServerMeters {

    private final SmtpMeters meters = new SmtpMeters();

    void start(@Observes Startup event, @Any Instance<MeterRegistry> registries) {
        registries.forEach(meters::bindTo);
    }

    void stop(@Observes Shutdown event) {
        meters.close();
    }
}
