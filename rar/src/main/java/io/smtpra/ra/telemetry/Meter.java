package io.smtpra.ra.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How systems that collect metrics know a figure: figures of one kind have one name, and tags tell them apart.
 *
 * @param name in lower case, with dots, after {@code smtpra.}; its last word is the unit, where it is seconds or bytes
 * @param tags keys with their values
 */
public record Meter(String name, List<Map.Entry<String, String>> tags) {

    private static final String PREFIX = "smtpra.";

    /** Copies the list. */
    public Meter {
        tags = List.copyOf(tags);
    }

    /**
     * A meter.
     *
     * @param name without what all begin with
     * @param tags keys, each followed by its value
     */
    static Meter of(String name, String... tags) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (int i = 0; i < tags.length; i += 2) {
            entries.add(Map.entry(tags[i], tags[i + 1]));
        }
        return new Meter(PREFIX + name, entries);
    }

    /** The meter of an attribute that is alone in its kind: {@code SpoolFiles} is {@code smtpra.spool.files}. */
    static Meter named(String attribute) {
        return of(attribute.replaceAll("(?<=.)(?=[A-Z])", ".").toLowerCase(Locale.ROOT));
    }

    /** As documentation shows it. */
    @Override
    public String toString() {
        return name + tags.stream().map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(",", tags.isEmpty() ? "" : "{", tags.isEmpty() ? "" : "}"));
    }
}
