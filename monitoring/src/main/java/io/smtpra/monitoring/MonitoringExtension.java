package io.smtpra.monitoring;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import org.eclipse.microprofile.config.ConfigProvider;

/** Adds the beans for which the server has an API: one with metrics need not have health, nor the other way round. */
public class MonitoringExtension implements Extension {

    void addBeans(@Observes BeforeBeanDiscovery event) {
        if (isThere("org.eclipse.microprofile.health.HealthCheck")
                && isThere("org.eclipse.microprofile.config.Config")) {
            Checks.add(event);
        }
        if (isThere("io.micrometer.core.instrument.MeterRegistry")) {
            Meters.add(event);
        }
    }

    private static boolean isThere(String api) {
        try {
            Class.forName(api, false, MonitoringExtension.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Loaded only where its API is there. */
    private static final class Checks {

        static void add(BeforeBeanDiscovery event) {
            // Said now, a bad limit fails the deployment with this message alone.
            HealthLimits.read(ConfigProvider.getConfig());
            event.addAnnotatedType(ReadinessChecks.class, ReadinessChecks.class.getName());
        }
    }

    /** Loaded only where its API is there. */
    private static final class Meters {

        static void add(BeforeBeanDiscovery event) {
            event.addAnnotatedType(ServerMeters.class, ServerMeters.class.getName());
        }
    }
}
