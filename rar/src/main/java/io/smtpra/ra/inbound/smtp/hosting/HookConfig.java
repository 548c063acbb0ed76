package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.ra.config.PropertyReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which hooks of others are wanted.
 *
 * @param classes their names, in order; {@code @} and a module of the server may stand behind one
 * @param settings a properties file with what they are set to, if there is one
 * @param time how long a call of one may take
 */
public record HookConfig(List<String> classes, Optional<Path> settings, Duration time) {

    /** Copies the list. */
    public HookConfig {
        classes = List.copyOf(classes);
    }

    /** Reads the properties of an adapter. */
    public static HookConfig read(PropertyReader reader) {
        return new HookConfig(reader.list("hooks"), reader.path("hookProperties", "the path of a properties file"),
                reader.duration("hookTimeout", Duration.ofMillis(100), Duration.ofMinutes(5)));
    }
}
