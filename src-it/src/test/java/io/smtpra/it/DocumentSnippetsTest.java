package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Code in the documents compiles. A block is a class, or members of one, or statements; what it uses and does not
 * declare stands in a comment before it, which readers do not see: {@code <!-- with: Order order; InputStream logo;
 * -->}. An ellipsis in place of a value is any value.
 */
class DocumentSnippetsTest {

    /** A page of which all code is to compile is named here. */
    private static final List<String> DOCUMENTS = List.of("events.md", "installation.md", "sending.md", "session.md",
            "testing.md", "tracing.md");

    private static final String IMPORTS = Stream.of(
                    "io.smtpra", "io.smtpra.event", "io.smtpra.mail", "jakarta.annotation", "jakarta.ejb",
                    "jakarta.enterprise.event",
                    "jakarta.mail", "jakarta.mail.event", "jakarta.mail.internet", "jakarta.persistence",
                    "jakarta.transaction", "java.io", "java.nio.file", "java.time", "java.util",
                    "java.util.concurrent")
            .map(name -> "import " + name + ".*;\n").collect(Collectors.joining())
            + "import jakarta.inject.Inject;\nimport jakarta.enterprise.context.ApplicationScoped;\n";

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    @TempDir
    private Path classes;

    @TestFactory
    Stream<DynamicTest> theCodeCompiles() {
        return DOCUMENTS.stream().map(Document::read).flatMap(document -> {
            List<Document.Block> blocks = document.blocks("java");
            return IntStream.range(0, blocks.size()).mapToObj(i -> DynamicTest.dynamicTest(
                    document.name() + ", block " + (i + 1), () -> assertThat(faults(blocks.get(i))).isEmpty()));
        });
    }

    @Test
    void thereIsCodeInEach() {
        assertThat(DOCUMENTS).allSatisfy(name -> assertThat(Document.read(name).blocks("java")).isNotEmpty());
    }

    @Test
    void faultsAreFound() throws IOException {
        assertThat(faults(new Document.Block("Session session;", "java", "MimeMessage m = new MimeMessage(session);")))
                .isEmpty();
        assertThat(faults(new Document.Block("", "java", "class A { int b = …; }"))).isEmpty();
        assertThat(faults(new Document.Block("", "java", "MimeMessage m = new MimeMessage(session);")))
                .anyMatch(fault -> fault.contains("session"));
        assertThat(faults(new Document.Block("", "java", "class A { void b() { c(); } }"))).isNotEmpty();
    }

    /** What the compiler says to it, in that shape in which it says the least. */
    private List<String> faults(Document.Block block) throws IOException {
        String imports = block.text().lines().filter(line -> line.startsWith("import "))
                .collect(Collectors.joining("\n"));
        String code = block.text().lines().filter(line -> !line.matches("(?:import|package) .*"))
                .collect(Collectors.joining("\n"))
                .replaceAll("= …;", "= null;").replaceAll("int (\\w+) = null;", "int $1 = 0;");
        String head = IMPORTS + imports + "\n@SuppressWarnings(\"unused\")\nclass Snippet {\n" + block.with() + "\n";
        List<List<String>> faults = new ArrayList<>();
        faults.add(compile(head + code + "\n}\n"));
        faults.add(compile(head + "void snippet() throws Exception {\n" + code + "\n}\n}\n"));
        return faults.stream().min(Comparator.comparing(List::size)).orElseThrow();
    }

    private List<String> compile(String source) throws IOException {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            compiler.getTask(null, files, diagnostics, List.of("-proc:none"), null, List.of(new Source(source))).call();
        }
        return diagnostics.getDiagnostics().stream().filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(each -> "line " + each.getLineNumber() + ": " + each.getMessage(null)).toList();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///Snippet.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
