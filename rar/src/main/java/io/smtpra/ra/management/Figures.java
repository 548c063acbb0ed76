package io.smtpra.ra.management;

import io.smtpra.ra.telemetry.NamedCounts;
import io.smtpra.ra.telemetry.Statistic;
import io.smtpra.ra.telemetry.Telemetry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The attributes that management shows of an adapter's figures: each statistic, and two lists of counts by name. */
final class Figures {

    /**
     * An attribute.
     *
     * @param name as management knows it
     * @param description for administrators
     * @param type {@code long} or a text
     * @param value reads it
     */
    record Figure(String name, String description, Class<?> type, Function<Telemetry, Object> value) {}

    private static final Map<String, Figure> BY_NAME = Stream.concat(
            Arrays.stream(Statistic.values()).map(statistic -> new Figure(statistic.attribute(), statistic.description(),
                    long.class, telemetry -> telemetry.value(statistic))),
            Stream.of(
                    new Figure("Refusals", "Refused mails, senders and recipients by reply.", String.class,
                            telemetry -> text(telemetry.replies())),
                    new Figure("NextHops", "Sendings by next hop and outcome.", String.class,
                            telemetry -> text(telemetry.nextHops()))))
            .collect(Collectors.toUnmodifiableMap(Figure::name, Function.identity()));

    private Figures() {}

    static List<Figure> all() {
        return List.copyOf(BY_NAME.values());
    }

    static Optional<Figure> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static String text(NamedCounts counts) {
        return counts.values().entrySet().stream()
                .map(count -> count.getKey() + ": " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
