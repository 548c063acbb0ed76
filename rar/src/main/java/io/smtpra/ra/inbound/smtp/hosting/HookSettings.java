package io.smtpra.ra.inbound.smtp.hosting;

import java.io.IOException;
import java.io.Reader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;

/**
 * What hooks are set to, by a properties file: {@code com.example.RefuseSenders.senders = a@example.com,
 * b@example.com}, or with the simple name of the class, calls {@code setSenders}. Setters are looked for by name and
 * type, one by one: to list the methods of a James handler would need classes that are not here.
 */
final class HookSettings {

    private static final String PROPERTY = "hookProperties";

    /** The types of a setter's parameter that a text can be turned into. */
    private static final Map<Class<?>, Function<String, Object>> TYPES = types();

    private final String file;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();

    private HookSettings(String file) {
        this.file = file;
    }

    static HookSettings read(Optional<Path> path) throws HookConfigurationException {
        HookSettings settings = new HookSettings(path.map(Path::toString).orElse(""));
        if (path.isPresent()) {
            Properties read = new Properties();
            try (Reader in = Files.newBufferedReader(path.get(), StandardCharsets.UTF_8)) {
                read.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new HookConfigurationException(PROPERTY, settings.file,
                        "a properties file that can be read is needed; " + e, e);
            }
            read.stringPropertyNames().forEach(name -> settings.values.put(name, read.getProperty(name).strip()));
        }
        return settings;
    }

    void apply(Object hook) throws HookConfigurationException {
        Class<?> type = hook.getClass();
        for (String prefix : List.of(type.getName() + ".", type.getSimpleName() + ".")) {
            for (String key : List.copyOf(values.keySet())) {
                String property = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
                if (!property.isEmpty() && property.indexOf('.') < 0) {
                    set(hook, key, property);
                }
            }
        }
    }

    /** A setting that no hook has taken is a mistake in its name. */
    void finish() throws HookConfigurationException {
        for (String key : values.keySet()) {
            if (!used.contains(key)) {
                throw new HookConfigurationException(PROPERTY, file,
                        "its key '" + key + "' is no property of a hook that 'hooks' names", null);
            }
        }
    }

    private void set(Object hook, String key, String property) throws HookConfigurationException {
        String setter = "set" + Character.toUpperCase(property.charAt(0)) + property.substring(1);
        for (Map.Entry<Class<?>, Function<String, Object>> type : TYPES.entrySet()) {
            Optional<MethodHandle> found = find(hook.getClass(), setter, type.getKey());
            if (found.isPresent()) {
                call(found.get(), hook, key, type.getKey(), type.getValue());
                used.add(key);
                return;
            }
        }
        throw new HookConfigurationException(PROPERTY, file, "its key '" + key + "' needs a method public void "
                + setter + " of one parameter: a text, a number, true or false, a Duration, or a list of texts", null);
    }

    private void call(MethodHandle setter, Object hook, String key, Class<?> type, Function<String, Object> parser)
            throws HookConfigurationException {
        try {
            setter.invoke(hook, parser.apply(values.get(key)));
        } catch (Throwable e) {
            throw new HookConfigurationException(PROPERTY, file,
                    "its key '" + key + "' takes a "
                    + type.getSimpleName() + ", not '" + values.get(key) + "'; " + e, e);
        }
    }

    private static Optional<MethodHandle> find(Class<?> type, String setter, Class<?> parameter) {
        try {
            return Optional.of(MethodHandles.publicLookup()
                    .findVirtual(type, setter, MethodType.methodType(void.class, parameter)));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return Optional.empty();
        }
    }

    private static Map<Class<?>, Function<String, Object>> types() {
        Map<Class<?>, Function<String, Object>> types = new LinkedHashMap<>();
        types.put(String.class, text -> text);
        types.put(int.class, Integer::valueOf);
        types.put(long.class, Long::valueOf);
        types.put(double.class, Double::valueOf);
        types.put(boolean.class, HookSettings::flag);
        types.put(Duration.class, Duration::parse);
        types.put(String[].class, text -> list(text).toArray(String[]::new));
        types.put(List.class, HookSettings::list);
        types.put(Collection.class, HookSettings::list);
        types.put(Set.class, text -> Set.copyOf(list(text)));
        return types;
    }

    private static Object flag(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException("true or false");
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split("[,\\s]+")).filter(item -> !item.isEmpty()).toList();
    }
}
