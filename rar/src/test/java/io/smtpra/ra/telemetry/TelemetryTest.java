package io.smtpra.ra.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counters, gauges, and counts by name. */
class TelemetryTest {

    private final Telemetry telemetry = new Telemetry();

    @Test
    void countersGrowAndAreClearedAndGaugesStay() {
        telemetry.count(Statistic.MAILS_ACCEPTED);
        telemetry.add(Statistic.OCTETS_ACCEPTED, 4096);
        telemetry.gauge(Statistic.CONNECTIONS_OPEN, () -> 7);
        telemetry.replies().count("550 5.7.1");
        assertThat(telemetry.value(Statistic.MAILS_ACCEPTED)).isEqualTo(1);
        assertThat(telemetry.value(Statistic.OCTETS_ACCEPTED)).isEqualTo(4096);

        telemetry.clear();

        assertThat(telemetry.value(Statistic.MAILS_ACCEPTED)).isZero();
        assertThat(telemetry.value(Statistic.OCTETS_ACCEPTED)).isZero();
        assertThat(telemetry.replies().values()).isEmpty();
        assertThat(telemetry.value(Statistic.CONNECTIONS_OPEN)).isEqualTo(7);
    }

    @Test
    void namesAreBounded() {
        for (int i = 0; i < 2 * NamedCounts.MOST_NAMES; i++) {
            telemetry.nextHops().count("relay" + i);
        }
        telemetry.nextHops().count("relay1");
        assertThat(telemetry.nextHops().values()).hasSizeLessThanOrEqualTo(NamedCounts.MOST_NAMES + 1)
                .containsEntry("relay1", 2L)
                .containsEntry(NamedCounts.OTHERS, (long) NamedCounts.MOST_NAMES);
    }

    @Test
    void eachStatisticHasANameOfItsOwn() {
        assertThat(Arrays.stream(Statistic.values()).map(Statistic::attribute)).doesNotHaveDuplicates();
        assertThat(Statistic.values()).allSatisfy(statistic -> {
            assertThat(statistic.attribute()).matches("[A-Z][A-Za-z0-9]+");
            assertThat(statistic.description()).endsWith(".");
        });
    }

    /** A collector of metrics refuses a name with other tags, and mixes up what has the same ones. */
    @Test
    void eachStatisticIsAMeterOfItsOwn() {
        assertThat(Arrays.stream(Statistic.values()).map(Statistic::meter)).doesNotHaveDuplicates();
        assertThat(Statistic.values()).allSatisfy(statistic -> {
            assertThat(statistic.meter().name()).matches("smtpra(\\.[a-z]+)+");
            assertThat(Statistic.values()).filteredOn(other -> other.meter().name().equals(statistic.meter().name()))
                    .allMatch(other -> keys(other).equals(keys(statistic)) && other.kind() == statistic.kind());
        });
    }

    private static List<String> keys(Statistic statistic) {
        return statistic.meter().tags().stream().map(Map.Entry::getKey).toList();
    }
}
