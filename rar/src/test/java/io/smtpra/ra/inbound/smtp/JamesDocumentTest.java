package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.SMTPProtocolHandlerChain;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/james.md} says of each handler what it owes to James: held here to the chain, in both directions. */
class JamesDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "james.md");

    private static List<List<String>> rows;
    private static String text;

    @TempDir
    static Path spool;

    @BeforeAll
    static void read() throws IOException {
        text = Files.readString(DOCUMENT);
        rows = text.lines().dropWhile(line -> !line.startsWith("| In the chain ")).skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
                .toList();
    }

    private static List<ProtocolHandler> handlers() {
        SmtpHandlerChain chain = (SmtpHandlerChain) new Server(spool).protocol().getProtocolChain();
        return Arrays.stream(chain.toArray()).map(ProtocolHandler.class::cast).toList();
    }

    @Test
    void hasARowForEachHandlerInTheOrderOfTheChain() {
        assertThat(rows).extracting(row -> row.get(0))
                .containsExactlyElementsOf(handlers().stream().map(handler -> code(handler.getClass())).toList());
    }

    @Test
    void saysWhichClassOfJamesEachHandlerIsAndWhatItOverrides() {
        ClassFileImporter importer = new ClassFileImporter();
        List<ProtocolHandler> handlers = handlers();
        for (int i = 0; i < handlers.size(); i++) {
            Class<?> type = handlers.get(i).getClass();
            Optional<Class<?>> james = Optional.<Class<?>>of(type.getSuperclass())
                    .filter(parent -> parent.getName().startsWith("org.apache.james"));
            List<String> row = rows.get(i);
            assertThat(row.get(1)).as("James' class of %s", type)
                    .isEqualTo(james.map(JamesDocumentTest::code).orElse("none"));
            assertThat(row.get(2)).as("overridden by %s", type)
                    .isEqualTo(james.map(parent -> overridden(importer, type, parent)).orElse(""));
            assertThat(row.get(3)).as("why %s", type).isNotBlank();
        }
    }

    static Stream<String> defaults() {
        return Arrays.stream(new SMTPProtocolHandlerChain(null).toArray()).map(handler -> code(handler.getClass()));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void saysWhatBecameOfEachHandlerThatJamesHasByDefault(String handler) {
        assertThat(text).contains(handler);
    }

    private static String overridden(ClassFileImporter importer, Class<?> type, Class<?> parent) {
        JavaClass ours = importer.importClass(type);
        List<String> inherited = Stream.concat(
                Stream.of(importer.importClass(parent)), importer.importClass(parent).getAllRawSuperclasses().stream()
                        .filter(above -> above.getName().startsWith("org.apache.james"))
                        .map(above -> importer.importClass(above.reflect())))
                .flatMap(above -> above.getMethods().stream())
                .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE))
                .map(JavaMethod::getName).toList();
        return ours.getMethods().stream()
                .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !method.getModifiers().contains(JavaModifier.BRIDGE)
                        && !method.getModifiers().contains(JavaModifier.PRIVATE)
                        && !method.getModifiers().contains(JavaModifier.STATIC))
                .map(JavaMethod::getName).distinct().filter(inherited::contains).sorted()
                .map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String code(Class<?> type) {
        return "`" + type.getSimpleName() + "`";
    }
}
