package io.smtpra.ra;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.outbound.SmtpManagedConnectionFactory;
import jakarta.resource.spi.ConfigProperty;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every property that docs/domino.md leads to exists. */
class DominoMappingTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "domino.md");
    private static final Pattern PROPERTY = Pattern.compile("`([a-z][A-Za-z0-9]+)(=[^`]*)?`");
    private static final Set<String> NO_PROPERTIES = Set.of("default", "property");

    @Test
    void leadsToPropertiesThatExist() throws IOException {
        String document = Files.readString(DOCUMENT);
        String[] sides = document.split("## Outbound\n");
        assertThat(sides).hasSize(2);

        assertThat(named(sides[0])).hasSizeGreaterThan(25).isSubsetOf(Stream.concat(
                properties(SmtpResourceAdapter.class), properties(SmtpActivationSpec.class)).toList());
        assertThat(named(sides[1])).hasSizeGreaterThan(15)
                .isSubsetOf(properties(SmtpManagedConnectionFactory.class).toList());
    }

    private static List<String> named(String side) {
        String tables = side.lines().filter(line -> line.startsWith("|")).collect(Collectors.joining("\n"));
        return PROPERTY.matcher(tables).results().map((MatchResult match) -> match.group(1))
                .filter(name -> !NO_PROPERTIES.contains(name)).distinct().toList();
    }

    private static Stream<String> properties(Class<?> bean) {
        return Stream.<Class<?>>iterate(bean, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(ConfigProperty.class))
                .map(Field::getName);
    }
}
