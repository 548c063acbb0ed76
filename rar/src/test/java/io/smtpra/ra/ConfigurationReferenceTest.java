package io.smtpra.ra;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.event.EventActivationSpec;
import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.outbound.SmtpManagedConnectionFactory;
import jakarta.resource.spi.ConfigProperty;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables of docs/configuration.md are what the annotations say. Run with {@code -Dreference.update=true} it writes
 * them anew.
 */
class ConfigurationReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");

    @ParameterizedTest
    @ValueSource(classes = {
        SmtpResourceAdapter.class, SmtpActivationSpec.class, EventActivationSpec.class, SmtpManagedConnectionFactory.class})
    void theTableIsWhatTheAnnotationsSay(Class<?> bean) throws Exception {
        String begin = "<!-- table of " + bean.getSimpleName() + " -->\n";
        String text = Files.readString(REFERENCE);
        assertThat(text).contains(begin);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- end of table -->", from);
        String expected = table(bean);
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(REFERENCE, text.substring(0, from) + expected + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to)).isEqualTo(expected);
    }

    private static String table(Class<?> bean) throws ReflectiveOperationException {
        Object instance = bean.getConstructor().newInstance();
        return "| Property | Default | Meaning |\n| --- | --- | --- |\n"
                + properties(bean).map(property -> row(property, instance)).collect(Collectors.joining());
    }

    private static String row(Field property, Object instance) {
        String meaning = String.join(" ", property.getAnnotation(ConfigProperty.class).description());
        String value = value(property, instance);
        return "| `" + property.getName() + "` | " + (value.isEmpty() ? "" : "`" + value + "`") + " | "
                + meaning.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;") + " |\n";
    }

    private static String value(Field property, Object instance) {
        try {
            property.setAccessible(true);
            return String.valueOf(property.get(instance));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The properties of a class, those of its ancestors first. */
    private static Stream<Field> properties(Class<?> bean) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> type = bean; type != Object.class; type = type.getSuperclass()) {
            classes.add(type);
        }
        Collections.reverse(classes);
        return classes.stream()
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(ConfigProperty.class));
    }
}
