package io.smtpra.ra.config;

import io.smtpra.ra.log.AdapterMessages;
import jakarta.resource.spi.InvalidPropertyException;
import java.beans.IntrospectionException;
import java.beans.PropertyDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the strings of one bean by their names. What cannot be read is noted as a fault, and a harmless value returned in
 * its place, so that all faults come out in one message; {@link #finish()} must be called before any value is used.
 *
 * <p>Properties are strings because a server may silently drop a value that does not parse into another type.
 */
public final class PropertyReader {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([KMG]?)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> SIZE_UNITS = Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30);
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    private final Class<?> bean;
    private final String subject;
    private final Map<String, String> values;
    private final Set<PropertyFault> faults = new LinkedHashSet<>();

    /**
     * A reader of properties.
     *
     * @param values what they are set to, by name; what is not in it is not a property
     * @param bean the bean's class, whose property descriptors go into the exception
     * @param subject what is configured, as the message names it: {@code resource adapter}, say
     */
    public PropertyReader(Map<String, String> values, Class<?> bean, String subject) {
        this.values = Map.copyOf(values);
        this.bean = bean;
        this.subject = subject;
    }

    /**
     * A reader of the properties of a bean, as they are now.
     *
     * @param bean the bean
     * @param subject what is configured, as the message names it
     * @return the reader
     */
    public static PropertyReader of(Object bean, String subject) {
        return new PropertyReader(BeanProperties.of(bean), bean.getClass(), subject);
    }

    /**
     * What a property is set to, as it stands there.
     *
     * @throws IllegalArgumentException if there is no such property: a fault of the program
     */
    public String value(String property) {
        String value = values.get(property);
        if (value == null) {
            throw new IllegalArgumentException("There is no property '" + property + "'");
        }
        return value;
    }

    /** A whole number from {@code min} to {@code max}. */
    public int number(String property, int min, int max) {
        return number(property, min, max, min + " to " + max);
    }

    /** A port: -1 (off), 0 (any free one) or 1 to 65535. */
    public int port(String property) {
        return number(property, -1, 65_535, "-1 (off), 0 (any free port) or 1 to 65535");
    }

    /** A number of octets from {@code min} to {@code max}, with an optional unit K, M or G (powers of 1024). */
    public long size(String property, long min, long max) {
        String value = value(property);
        Matcher matcher = SIZE.matcher(value.trim());
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            long unit = SIZE_UNITS.get(matcher.group(2).toUpperCase(Locale.ROOT));
            if (number <= max / unit && number * unit >= min) {
                return number * unit;
            }
        }
        return fault(property, value, min + " to " + max + " octets, also with K, M or G, as 25M", min);
    }

    /** A duration from {@code min} to {@code max}: a number with ms, s, m or h; without a unit, seconds. */
    public Duration duration(String property, Duration min, Duration max) {
        String value = value(property);
        Matcher matcher = DURATION.matcher(value.trim());
        if (matcher.matches()) {
            String unit = Optional.ofNullable(matcher.group(2)).orElse("s").toLowerCase(Locale.ROOT);
            Duration read = Duration.ofMillis(Math.multiplyExact(Long.parseLong(matcher.group(1)), MILLIS.get(unit)));
            if (read.compareTo(min) >= 0 && read.compareTo(max) <= 0) {
                return read;
            }
        }
        return fault(property, value, "a duration from " + text(min) + " to " + text(max) + ", as 500ms, 30s, 5m", min);
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String property) {
        String value = value(property);
        String read = value.trim();
        if (read.equalsIgnoreCase("true") || read.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(read);
        }
        return fault(property, value, "true or false", false);
    }

    /** One of some words, whatever their case. */
    public <T> T choice(String property, Map<String, T> choices) {
        return choice(property, value(property), choices);
    }

    /** One of some words, whatever their case: a part of a property's value. */
    public <T> T choice(String property, String value, Map<String, T> choices) {
        Map<String, T> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(choices);
        T chosen = byName.get(value.trim());
        if (chosen == null) {
            return fault(property, value, byName.keySet().stream().sorted().collect(Collectors.joining(", ")),
                    choices.values().iterator().next());
        }
        return chosen;
    }

    /** Some of several words, whatever their case, separated by commas; where there is none, all of them. */
    public <T> Set<T> choices(String property, Map<String, T> choices) {
        List<String> items = list(property);
        return items.isEmpty() ? Set.copyOf(choices.values())
                : items.stream().map(item -> choice(property, item, choices)).collect(Collectors.toSet());
    }

    /** A text that may be absent. */
    public Optional<String> text(String property) {
        return Optional.of(value(property).trim()).filter(text -> !text.isEmpty());
    }

    /** A text that must be there. */
    public String required(String property, String allowed) {
        return text(property).orElseGet(() -> fault(property, value(property), allowed, ""));
    }

    /** Items separated by commas or blanks; possibly none. */
    public List<String> list(String property) {
        return Arrays.stream(value(property).split("[,\\s]+")).filter(item -> !item.isEmpty()).toList();
    }

    /**
     * A path; absent if the property is empty. The file need not be there.
     *
     * @param allowed what it should be the path of
     */
    public Optional<Path> path(String property, String allowed) {
        return text(property).map(text -> parsed(property, text, allowed, Path::of, Path.of("")));
    }

    /**
     * A property, or a part of its value, that a parser of its own reads.
     *
     * @param value what is parsed, without the blanks around it
     * @param parser throws an {@link IllegalArgumentException} for what is not allowed; its message is added to the fault
     * @param instead returned in place of what cannot be read
     */
    public <T> T parsed(String property, String value, String allowed, Function<String, T> parser, T instead) {
        try {
            return parser.apply(value.trim());
        } catch (IllegalArgumentException e) {
            String why = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
            return fault(property, value, allowed + why, instead);
        }
    }

    /** Notes a fault that the caller has found, and returns what is to stand in for the value. */
    public <T> T fault(String property, String value, String allowed, T instead) {
        faults.add(PropertyFault.notAllowed(property, value, allowed));
        return instead;
    }

    /** Notes that what a value stands for can't be used, and returns what is to stand in for it. */
    public <T> T unusable(String property, String value, String reason, T instead) {
        faults.add(PropertyFault.unusable(property, value, reason));
        return instead;
    }

    /**
     * Ends the reading.
     *
     * @throws InvalidPropertyException if anything was wrong: one message for all faults
     */
    public void finish() throws InvalidPropertyException {
        if (faults.isEmpty()) {
            return;
        }
        InvalidPropertyException exception = new InvalidPropertyException(AdapterMessages.LOG.invalidConfiguration(
                subject, faults.stream().map(PropertyFault::toString).collect(Collectors.joining("; "))));
        exception.setInvalidPropertyDescriptors(
                faults.stream().flatMap(this::descriptor).toArray(PropertyDescriptor[]::new));
        throw exception;
    }

    private int number(String property, int min, int max, String allowed) {
        String value = value(property);
        try {
            int read = Integer.parseInt(value.trim());
            if (read >= min && read <= max) {
                return read;
            }
        } catch (NumberFormatException e) {
            // falls through to the fault
        }
        return fault(property, value, allowed, min);
    }

    private Stream<PropertyDescriptor> descriptor(PropertyFault fault) {
        try {
            return Stream.of(new PropertyDescriptor(fault.property(), bean));
        } catch (IntrospectionException e) {
            return Stream.empty();
        }
    }

    private static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
}
