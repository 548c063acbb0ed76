package io.smtpra.monitoring;

import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** The rules as readiness checks of MicroProfile Health. */
class ReadinessChecks {

    private final HealthRules rules = new HealthRules(
            new ManagedBeans(), HealthLimits.read(ConfigProvider.getConfig()), Clock.systemUTC());

    @Produces
    @Readiness
    HealthCheck listeners() {
        return check(rules::listeners);
    }

    @Produces
    @Readiness
    HealthCheck certificates() {
        return check(rules::certificates);
    }

    @Produces
    @Readiness
    HealthCheck deliveries() {
        return check(rules::deliveries);
    }

    @Produces
    @Readiness
    HealthCheck queues() {
        return check(rules::queues);
    }

    private static HealthCheck check(Supplier<Finding> rule) {
        return () -> {
            Finding finding = rule.get();
            HealthCheckResponseBuilder response =
                    HealthCheckResponse.named(finding.check()).status(finding.isGood());
            finding.data().forEach((name, value) -> {
                if (value instanceof Long number) {
                    response.withData(name, number);
                } else {
                    response.withData(name, value.toString());
                }
            });
            return response.build();
        };
    }
}
