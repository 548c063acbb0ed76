package io.smtpra.ra;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The archive's ironjacamar.xml sets each property of the adapter by a system property, with the class's default. */
class ArchiveDescriptorTest {

    private static final Map<String, String> OTHER_DEFAULTS = Map.of("smtpPort", "2525");

    @Test
    void eachPropertyHasItsSystemPropertyAndDefault() throws Exception {
        Map<String, String> expected = SmtpResourceAdapterTest.properties().collect(Collectors.toMap(
                Field::getName, ArchiveDescriptorTest::expression, (a, b) -> a, TreeMap::new));
        assertThat(described()).isEqualTo(expected);
    }

    private static String expression(Field property) {
        String words = property.getName().replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
        return "${smtpra." + words + ":" + OTHER_DEFAULTS.getOrDefault(property.getName(), value(property)) + "}";
    }

    private static String value(Field property) {
        try {
            property.setAccessible(true);
            return (String) property.get(new SmtpResourceAdapter());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> described() throws Exception {
        Map<String, String> described = new TreeMap<>();
        Node child = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(Path.of("src/main/rar/META-INF/ironjacamar.xml").toFile())
                .getDocumentElement().getFirstChild();
        for (; child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals("config-property")) {
                described.put(element.getAttribute("name"), element.getTextContent());
            }
        }
        return described;
    }
}
