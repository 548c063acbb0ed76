package io.smtpra.it;

import io.smtpra.MailListener;
import io.smtpra.it.app.BeanServlet;
import io.smtpra.it.app.FailingResource;
import io.smtpra.it.app.Holding;
import io.smtpra.it.app.Outcomes;
import io.smtpra.it.app.SqlServlet;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What is deployed: the archives that the build has made, and small applications on top of them. */
final class Archives {

    static final String RAR = "smtp-ra.rar";
    static final String EAR = "smtp-ra.ear";
    /** The adapter within {@link #EAR}, as a bean in another deployment names it. */
    static final String RAR_IN_EAR = EAR + "#" + RAR;
    static final String LOOK = "look.war";

    private Archives() {}

    static ResourceAdapterArchive rar() {
        return ShrinkWrap.createFromZipFile(ResourceAdapterArchive.class, new File(System.getProperty("it.rar")));
    }

    /** As docs/installation.md has it where the server's subsystem configures the adapter: it does not replace the file. */
    static ResourceAdapterArchive rarForSubsystem() {
        ResourceAdapterArchive rar = rar();
        rar.delete("META-INF/ironjacamar.xml");
        return rar;
    }

    /** The jar that watches the adapter, of docs/monitoring.md. */
    static JavaArchive monitoring() {
        return ShrinkWrap.createFromZipFile(JavaArchive.class, new File(System.getProperty("it.monitoring")));
    }

    static EnterpriseArchive ear() {
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File(System.getProperty("it.ear")));
    }

    /** A message-driven bean in a deployment of its own, served by an adapter in another one. */
    static JavaArchive beans(String name, String adapter, Map<String, String> properties, Class<?> bean) {
        return ShrinkWrap.create(JavaArchive.class, name)
                .addClass(bean)
                .addClasses(Outcomes.class, Holding.class, FailingResource.class)
                .addAsManifestResource(
                        new StringAsset("Dependencies: " + module(adapter) + ", com.h2database.h2\n"), "MANIFEST.MF")
                .addAsManifestResource(new StringAsset(descriptor(adapter, properties, bean.getName())),
                        "jboss-ejb3.xml");
    }

    /** The same beans, which get no mail until an administrator says so. */
    static JavaArchive inactive(JavaArchive beans) {
        String descriptor = new String(read(beans, "META-INF/jboss-ejb3.xml"), StandardCharsets.UTF_8);
        return beans.addAsManifestResource(new StringAsset(descriptor
                .replace("xmlns:r=", "xmlns:d=\"urn:delivery-active:1.1\" xmlns:r=")
                .replace("</assembly-descriptor>",
                        "<d:delivery><ejb-name>*</ejb-name><d:active>false</d:active></d:delivery></assembly-descriptor>")),
                "jboss-ejb3.xml");
    }

    private static byte[] read(JavaArchive archive, String path) {
        try (InputStream octets = archive.get(path).getAsset().openStream()) {
            return octets.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A web application that sees the API of an adapter in another deployment. */
    static WebArchive web(String name, String adapter, Class<?>... classes) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addClasses(classes)
                .addAsManifestResource(new StringAsset("Dependencies: " + module(adapter) + "\n"), "MANIFEST.MF");
    }

    /**
     * A look into the server: {@code /look/sql} runs a query on the default datasource, {@code /look/bean} reads
     * management beans.
     */
    static WebArchive look() {
        return ShrinkWrap.create(WebArchive.class, LOOK).addClasses(SqlServlet.class, BeanServlet.class);
    }

    /** An application with the queue in it, whose settings stand in its own file. */
    static WebArchive queue(String name, String settings, Class<?>... classes) {
        return web(name, RAR, classes)
                .addAsLibrary(new File(System.getProperty("it.queue")))
                .addAsResource(new StringAsset(settings), "META-INF/smtp-ra-queue.properties");
    }

    /** {@code a.rar} is module {@code deployment.a.rar}, {@code b.ear#a.rar} is {@code deployment.b.ear.a.rar}. */
    private static String module(String adapter) {
        return "deployment." + adapter.replace('#', '.');
    }

    /** Makes a class a message-driven bean of an adapter's. */
    static String descriptor(String adapter, Map<String, String> properties, String beanClass) {
        String name = beanClass.substring(beanClass.lastIndexOf('.') + 1);
        return """
                <j:ejb-jar xmlns:j="http://www.jboss.com/xml/ns/javaee" xmlns="https://jakarta.ee/xml/ns/jakartaee"
                           xmlns:r="urn:resource-adapter-binding:2.0" version="4.0">
                  <enterprise-beans>
                    <message-driven>
                      <ejb-name>%s</ejb-name>
                      <ejb-class>%s</ejb-class>
                      <messaging-type>%s</messaging-type>
                      <activation-config>
                        %s
                      </activation-config>
                    </message-driven>
                  </enterprise-beans>
                  <assembly-descriptor>
                    <r:resource-adapter-binding>
                      <ejb-name>%s</ejb-name>
                      <r:resource-adapter-name>%s</r:resource-adapter-name>
                    </r:resource-adapter-binding>
                  </assembly-descriptor>
                </j:ejb-jar>
                """.formatted(name, beanClass, MailListener.class.getName(), activation(properties), name, adapter);
    }

    private static String activation(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> """
                        <activation-config-property>
                          <activation-config-property-name>%s</activation-config-property-name>
                          <activation-config-property-value>%s</activation-config-property-value>
                        </activation-config-property>
                        """.formatted(property.getKey(), property.getValue()))
                .collect(Collectors.joining());
    }
}
