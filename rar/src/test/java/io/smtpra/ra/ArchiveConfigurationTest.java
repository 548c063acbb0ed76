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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The configuration in the archive names what the classes have, and repeats their defaults. */
class ArchiveConfigurationTest {

    private static final Path IN_ARCHIVE = Path.of("src", "main", "rar", "META-INF", "ironjacamar.xml");
    private static final Pattern SETTING =
            Pattern.compile("<config-property name=\"(\\w+)\">\\$\\{([\\w.]+):([^}]*)}</config-property>");

    /** What the archive sets although the class has another default: dropping it in opens a port. */
    private static final String OPENED = "smtpPort";

    /**
     * A property of a class.
     *
     * @param name its name
     * @param initial its default
     */
    private record Property(String name, String initial) {}

    /**
     * A setting in the archive.
     *
     * @param property what it sets
     * @param system the system property that it is read from
     * @param initial its default
     */
    private record Setting(String property, String system, String initial) {}

    @Test
    void archiveSetsWhatTheClassesHave() throws Exception {
        assertThat(adapterSettings()).isNotEmpty()
                .allSatisfy(setting -> assertSets(setting, properties(SmtpResourceAdapter.class)));
        assertThat(factorySettings()).isNotEmpty()
                .allSatisfy(setting -> assertSets(setting, properties(SmtpManagedConnectionFactory.class)));
    }

    private static void assertSets(Setting setting, List<Property> properties) {
        assertThat(properties).filteredOn(property -> property.name().equals(setting.property()))
                .as("what %s sets", setting.system()).singleElement()
                .satisfies(property -> {
                    if (!property.name().equals(OPENED)) {
                        assertThat(setting.initial()).as(setting.system()).isEqualTo(property.initial());
                    }
                });
    }

    @Test
    void systemPropertiesAreNamedAfterWhatTheySet() throws IOException {
        assertThat(adapterSettings()).allSatisfy(setting ->
                assertThat(setting.system()).isEqualTo("smtpra." + words(setting.property())));
        assertThat(factorySettings()).allSatisfy(setting ->
                // the name of the host is the same on both sides
                assertThat(setting.system()).isIn(
                        "smtpra.relay." + words(setting.property()), "smtpra.host.name"));
    }

    private static List<Setting> adapterSettings() throws IOException {
        return settings(Files.readString(IN_ARCHIVE).split("<connection-definitions>")[0]);
    }

    private static List<Setting> factorySettings() throws IOException {
        return settings(Files.readString(IN_ARCHIVE).split("<connection-definitions>")[1]);
    }

    private static List<Setting> settings(String xml) {
        Matcher matcher = SETTING.matcher(xml);
        List<Setting> settings = new ArrayList<>();
        while (matcher.find()) {
            settings.add(new Setting(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return settings;
    }

    private static String words(String property) {
        return property.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
    }

    private static List<Property> properties(Class<?> bean) throws ReflectiveOperationException {
        Object instance = bean.getConstructor().newInstance();
        List<Property> properties = new ArrayList<>();
        for (Field field : fields(bean)) {
            if (field.isAnnotationPresent(ConfigProperty.class)) {
                field.setAccessible(true);
                properties.add(new Property(field.getName(), String.valueOf(field.get(instance))));
            }
        }
        return properties;
    }

    /** Those of the topmost class first. */
    private static List<Field> fields(Class<?> bean) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = bean; type != Object.class; type = type.getSuperclass()) {
            fields.addAll(0, List.of(type.getDeclaredFields()));
        }
        return fields;
    }
}
