package io.smtpra.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits as an administrator sets them. */
class HealthLimitsTest {

    @Test
    void haveDefaults() {
        assertThat(HealthLimits.read(config(Map.of())))
                .isEqualTo(new HealthLimits(Duration.ZERO, Duration.ofSeconds(30), Duration.ZERO));
    }

    @Test
    void areRead() {
        assertThat(HealthLimits.read(config(Map.of("smtpra.health.certificate.days", " 14 ",
                "smtpra.health.deliveries.seconds", "5", "smtpra.health.queue.seconds", "3600"))))
                .isEqualTo(new HealthLimits(Duration.ofDays(14), Duration.ofSeconds(5), Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "smtpra.health.certificate.days,   soon, a whole number from 0 to 3650",
        "smtpra.health.certificate.days,   -1,   a whole number from 0 to 3650",
        "smtpra.health.deliveries.seconds, 0,    a whole number from 1 to 3600",
        "smtpra.health.queue.seconds,      1.5,  a whole number from 0 to 31536000",
    })
    void areRefusedWithOneMessage(String property, String value, String allowed) {
        assertThatThrownBy(() -> HealthLimits.read(config(Map.of(property, value))))
                .hasMessage("smtp-ra monitoring: property '" + property + "' is '" + value + "', allowed: " + allowed);
    }

    private static Config config(Map<String, String> values) {
        return (Config) Proxy.newProxyInstance(Config.class.getClassLoader(), new Class<?>[] {Config.class},
                (proxy, method, arguments) -> Optional.ofNullable(values.get(arguments[0])));
    }
}
