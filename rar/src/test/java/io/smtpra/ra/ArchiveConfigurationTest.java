package io.smtpra.ra;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.outbound.SmtpManagedConnectionFactory;
import jakarta.resource.spi.ConfigProperty;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The configuration in the archive names what the classes have, and repeats their defaults. */
class ArchiveConfigurationTest {

    private static final Path IN_ARCHIVE = Path.of("src", "main", "rar", "META-INF", "ironjacamar.xml");
    private static final Pattern SETTING = Pattern.compile("<config-property.*?</config-property>", Pattern.DOTALL);

    /** What the archive sets although the class has another default: dropping it in opens a port. */
    private static final Map<String, String> OPENED = Map.of("smtpPort", "2525");

    /** Likewise: an application that knows Jakarta Mail alone can send. */
    private static final Map<String, String> BOUND = Map.of("sessionJndiName", "java:/smtp/mail");

    /** The name of the host is the same on both sides. */
    private static final Map<String, String> SHARED = Map.of("hostName", "smtpra.host.name");

    @Test
    void theArchiveLetsEachPropertyOfTheAdapterBeSetByASystemProperty() throws Exception {
        assertThat(settings(0)).containsExactlyInAnyOrderElementsOf(
                expected(SmtpResourceAdapter.class, "smtpra.", OPENED));
    }

    @Test
    void theArchiveLetsEachPropertyOfTheConnectionFactoryBeSetByASystemProperty() throws Exception {
        assertThat(settings(1)).containsExactlyElementsOf(
                expected(SmtpManagedConnectionFactory.class, "smtpra.relay.", BOUND));
    }

    /** What must stand there, as the class has it. */
    private static List<String> expected(Class<?> bean, String prefix, Map<String, String> opened)
            throws ReflectiveOperationException {
        Object instance = bean.getConstructor().newInstance();
        List<String> lines = new ArrayList<>();
        for (Field field : bean.getDeclaredFields()) {
            if (field.isAnnotationPresent(ConfigProperty.class)) {
                field.setAccessible(true);
                String name = field.getName();
                lines.add("<config-property name=\"%s\">${%s:%s}</config-property>".formatted(name,
                        SHARED.getOrDefault(name, prefix + words(name)),
                        opened.getOrDefault(name, String.valueOf(field.get(instance)))));
            }
        }
        return lines;
    }

    /** What stands there: in part 0 of the adapter, in part 1 of the connection factory. */
    private static List<String> settings(int part) throws IOException {
        return SETTING.matcher(Files.readString(IN_ARCHIVE).split("<connection-definitions>")[part]).results()
                .map(MatchResult::group).toList();
    }

    private static String words(String property) {
        return property.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
    }
}
