package io.smtpra.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description tells each operation that there is, and no other. */
class OpenApiTest {

    @Test
    void eachOperationIsDescribed() throws Exception {
        Set<String> described = new TreeSet<>();
        try (InputStream file = OpenApiTest.class.getResourceAsStream(OpenApiResource.FILE);
                JsonReader reader = Json.createReader(file)) {
            JsonObject paths = reader.readObject().getJsonObject("paths");
            paths.forEach((path, operations) -> operations.asJsonObject().keySet()
                    .forEach(verb -> described.add(verb + " " + path)));
        }
        assertThat(described).containsExactlyElementsOf(operations());
    }

    private static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        Stream.of(MailsResource.class, MailResource.class, ContentResource.class, SendResource.class,
                QueueResource.class,
                SessionResource.class, EventsResource.class, OpenApiResource.class).forEach(resource -> {
                    for (Method method : resource.getDeclaredMethods()) {
                        Arrays.stream(method.getAnnotations())
                                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                                .filter(verb -> verb != null)
                                .forEach(verb -> operations.add(verb.value().toLowerCase(Locale.ROOT) + " "
                                        + path(resource.getAnnotation(Path.class))
                                                + path(method.getAnnotation(Path.class))));
                    }
                });
        return operations;
    }

    private static String path(Path path) {
        return Optional.ofNullable(path).map(each -> "/" + each.value().replaceAll(": \\\\d\\{[^}]*}", ""))
                .orElse("");
    }
}
