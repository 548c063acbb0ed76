package io.smtpra.it;

import io.smtpra.it.app.RelayBean;
import io.smtpra.it.app.RelayServlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The adapter with more connection factories than it brings, as an administrator adds them; and who sends with it. */
final class RelayArchive {

    private static final String DESCRIPTOR = "META-INF/ironjacamar.xml";

    private final Map<String, String> definitions = new TreeMap<>();

    /** Adds a factory {@code java:/smtp/NAME}; properties are pairs of names and values. */
    RelayArchive with(String name, String... properties) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < properties.length; i += 2) {
            lines.append("<config-property name=\"%s\">%s</config-property>"
                    .formatted(properties[i], properties[i + 1]));
        }
        definitions.put(name, """
                <connection-definition class-name="io.smtpra.ra.outbound.SmtpManagedConnectionFactory"
                                       jndi-name="java:/smtp/%s" pool-name="%s">
                  %s
                  <xa-pool><min-pool-size>0</min-pool-size><max-pool-size>5</max-pool-size></xa-pool>
                  <security><application/></security>
                  <recovery no-recovery="true"/>
                </connection-definition>
                """.formatted(name, name, lines));
        return this;
    }

    ResourceAdapterArchive build() {
        ResourceAdapterArchive rar = Archives.rar();
        try (InputStream in = rar.get(DESCRIPTOR).getAsset().openStream()) {
            String end = "</connection-definitions>";
            String descriptor = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(end, String.join("", definitions.values()) + end);
            rar.add(new StringAsset(descriptor), DESCRIPTOR);
            return rar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends with them: {@code relay.war}. */
    static WebArchive application() {
        return Archives.web("relay.war", Archives.RAR, RelayServlet.class, RelayBean.class);
    }

    /** Sends, and tells line by line what the receipt says; parameters as {@code to=reader@example.org}. */
    static List<String> send(WildFly wildFly, String factory, String content, String... parameters) {
        String query = Arrays.stream(parameters)
                .map(parameter -> parameter.split("=", 2))
                .map(pair -> "&" + pair[0] + "=" + URLEncoder.encode(pair[1], StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        return wildFly.request("/relay/send?factory=" + factory + query, content).lines().toList();
    }
}
