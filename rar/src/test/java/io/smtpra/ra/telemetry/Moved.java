package io.smtpra.ra.telemetry;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a test has moved. */
public final class Moved {

    private Moved() {}

    /** The counters that are not zero; gauges and times are no counters. */
    public static Map<Statistic, Long> counters(Telemetry telemetry) {
        return Arrays.stream(Statistic.values())
                .filter(statistic -> statistic.kind() == Statistic.Kind.COUNTER && telemetry.value(statistic) != 0)
                .collect(Collectors.toMap(Function.identity(), telemetry::value));
    }
}
