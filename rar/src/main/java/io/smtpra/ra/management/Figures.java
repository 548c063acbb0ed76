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
import javax.management.Descriptor;
import javax.management.ImmutableDescriptor;

/** The attributes that management shows of an adapter's figures: each statistic, and two lists of counts by name. */
final class Figures {

    /**
     * An attribute.
     *
     * @param name as management knows it
     * @param description for administrators
     * @param type {@code long} or a text
     * @param descriptor its unit, whether it counts or measures, and the meter that it is
     * @param value reads it
     */
    record Figure(String name, String description, Class<?> type, Descriptor descriptor,
            Function<Telemetry, Object> value) {}

    private static final Map<String, Figure> BY_NAME = Stream.concat(
            Arrays.stream(Statistic.values()).map(statistic -> new Figure(statistic.attribute(), statistic.description(),
                    long.class, descriptor(statistic), telemetry -> telemetry.value(statistic))),
            Stream.of(
                    new Figure("Refusals", "Refused mails, senders and recipients by reply.", String.class,
                            byName("refusals", "smtpra.refusals", "reply"),
                            telemetry -> text(telemetry.replies())),
                    new Figure("NextHops", "Sendings by next hop and outcome.", String.class,
                            byName("mails", "smtpra.outbound.sendings", "next_hop", "outcome"),
                            telemetry -> text(telemetry.nextHops()))))
            .collect(Collectors.toUnmodifiableMap(Figure::name, Function.identity()));

    private Figures() {}

    static List<Figure> all() {
        return List.copyOf(BY_NAME.values());
    }

    static Optional<Figure> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * What {@link Descriptor} knows of units and kinds of figures, and two fields of ours by which a collector of metrics
     * finds its own names: {@code meter}, and {@code tags} as {@code key=value}.
     */
    private static Descriptor descriptor(Statistic statistic) {
        return new ImmutableDescriptor(
                new String[] {"units", "metricType", "meter", "tags"},
                new Object[] {
                    statistic.unit(),
                    statistic.kind() == Statistic.Kind.COUNTER ? "counter" : "gauge",
                    statistic.meter().name(),
                    statistic.meter().tags().stream().map(tag -> tag.getKey() + "=" + tag.getValue())
                            .toArray(String[]::new)});
    }

    /** Of counts by name: {@code tagNames} are the keys whose values stand in the names, in words from the last. */
    private static Descriptor byName(String unit, String meter, String... tagNames) {
        return new ImmutableDescriptor(
                new String[] {"units", "metricType", "meter", "tagNames"},
                new Object[] {unit, "counter", meter, tagNames});
    }

    private static String text(NamedCounts counts) {
        return counts.values().entrySet().stream()
                .map(count -> count.getKey() + ": " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
