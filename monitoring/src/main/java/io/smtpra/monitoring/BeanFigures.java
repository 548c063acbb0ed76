package io.smtpra.monitoring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;

/** The figures of one bean. All are read at once, at most once a second, however many meters ask. */
final class BeanFigures {

    private static final long FRESH_NANOS = 1_000_000_000;

    private final ManagedBeans beans;
    private final ObjectName name;
    private final List<FigureInfo> figures;
    private Map<String, Object> values = Map.of();
    private final Map<String, Map<String, Long>> byName = new HashMap<>();
    private long readAt = System.nanoTime() - 2 * FRESH_NANOS;

    BeanFigures(ManagedBeans beans, ObjectName name, List<FigureInfo> figures) {
        this.beans = beans;
        this.name = name;
        this.figures = List.copyOf(figures);
    }

    List<FigureInfo> figures() {
        return figures;
    }

    /** A figure as it is now; not a number if the bean cannot tell. */
    synchronized double value(FigureInfo figure) {
        read();
        return values.get(figure.attribute()) instanceof Number number
                ? number.doubleValue() * figure.scale() : Double.NaN;
    }

    /** A count of a figure that is many; zero for a name that has gone. */
    synchronized double value(FigureInfo figure, String counted) {
        return counts(figure).getOrDefault(counted, 0L);
    }

    /** The counts of a figure that is many. */
    synchronized Map<String, Long> counts(FigureInfo figure) {
        read();
        return byName.computeIfAbsent(figure.attribute(),
                attribute -> parse(values.getOrDefault(attribute, "").toString()));
    }

    private void read() {
        long now = System.nanoTime();
        if (now - readAt > FRESH_NANOS) {
            values = beans.values(name, figures.stream().map(FigureInfo::attribute).toList());
            byName.clear();
            readAt = now;
        }
    }

    /** {@code name: 3, other name: 4}. */
    private static Map<String, Long> parse(String text) {
        Map<String, Long> counts = new HashMap<>();
        for (String item : text.split(", ")) {
            int colon = item.lastIndexOf(": ");
            if (colon > 0) {
                counts.put(item.substring(0, colon), Long.parseLong(item.substring(colon + 2)));
            }
        }
        return counts;
    }
}
