package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.InboxBean;
import io.smtpra.it.app.RefusingHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Hooks of others, wherever a user can put them: docs/hooks.md. */
@ExtendWith(ArquillianExtension.class)
class HookIT {

    private static final String EXAMPLE = "io.smtpra.ejb.hook.RefuseSenders";
    private static final String EXAMPLE_CLASS = "io/smtpra/ejb/hook/RefuseSenders.class";

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @TempDir
    Path folder;

    @BeforeEach
    void refuseSpam() throws IOException {
        Path settings = folder.resolve("hooks.properties");
        Files.writeString(settings, "RefuseSenders.senders = spam@example.org, @example.net\n");
        WILDFLY.property("smtpra.hook.properties", settings.toString());
    }

    @Test
    void aHookInAJarOfTheArchiveRefusesAMail() throws Exception {
        WILDFLY.property("smtpra.hooks", EXAMPLE);
        WILDFLY.deploy(Archives.rar().addAsLibrary(example()));
        WILDFLY.deploy(inbox());

        assertThatSpamIsRefused();
    }

    @Test
    void aHookInTheEarThatHoldsTheArchiveRefusesAMail() throws Exception {
        WILDFLY.property("smtpra.hooks", EXAMPLE);
        WILDFLY.deploy(Archives.ear());

        assertThatSpamIsRefused();
    }

    @Test
    void aHookInTheLibrariesOfTheEarRefusesAMail() throws Exception {
        WILDFLY.property("smtpra.hooks", "io.smtpra.it.app.RefusingHook");
        WILDFLY.property("smtpra.hook.properties", "");
        WILDFLY.deploy(Archives.ear().addAsLibrary(
                ShrinkWrap.create(JavaArchive.class, "hooks.jar").addClass(RefusingHook.class)));

        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            assertThat(dialogue.command("MAIL FROM:<author@example.org>")).isEqualTo("550 5.7.1 No");
        }
    }

    @Test
    void aHookInAModuleOfTheServerRefusesAMail() throws Exception {
        Path module = Path.of(System.getProperty("it.wildfly"), "modules", "com", "example", "hooks", "main");
        Files.createDirectories(module);
        example().as(ZipExporter.class).exportTo(module.resolve("hooks.jar").toFile(), true);
        Files.writeString(module.resolve("module.xml"), """
                <module xmlns="urn:jboss:module:1.9" name="com.example.hooks">
                    <resources>
                        <resource-root path="hooks.jar"/>
                    </resources>
                </module>
                """);
        WILDFLY.property("smtpra.hooks", EXAMPLE + "@com.example.hooks");
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(inbox());

        assertThatSpamIsRefused();
    }

    @Test
    void aStockHookOfJamesNamedInOnePropertyRefusesAMail() throws Exception {
        Path settings = folder.resolve("stock.properties");
        Files.writeString(settings, "MaxRcptHandler.maxRcpt = 1\n");
        WILDFLY.property("smtpra.hook.properties", settings.toString());
        WILDFLY.property("smtpra.hooks", "org.apache.james.protocols.smtp.core.fastfail.MaxRcptHandler");
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(inbox());

        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            assertThat(dialogue.command("MAIL FROM:<author@example.org>")).startsWith("250 ");
            assertThat(dialogue.command("RCPT TO:<one@example.com>")).startsWith("250 ");
            assertThat(dialogue.command("RCPT TO:<two@example.com>"))
                    .isEqualTo("452 4.5.3 Requested action not taken: max recipients reached");
        }
    }

    @Test
    void aHookThatIsNotThereFailsTheDeployment() {
        WILDFLY.property("smtpra.hook.properties", "");
        WILDFLY.property("smtpra.hooks", "com.example.Missing");

        assertThat(WILDFLY.deployInVain(Archives.rar()))
                .contains("property 'hooks' is 'com.example.Missing'", "no such class");
        assertThat(WILDFLY.isRunning()).isTrue();
    }

    private static void assertThatSpamIsRefused() throws IOException {
        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            assertThat(dialogue.command("MAIL FROM:<spam@example.org>"))
                    .isEqualTo("550 5.7.1 No mail from you, please");
            assertThat(dialogue.command("MAIL FROM:<anyone@example.net>")).startsWith("550 ");
            assertThat(dialogue.command("MAIL FROM:<author@example.org>")).startsWith("250 ");
        }
    }

    /** The example hook in a jar of its own. */
    private static JavaArchive example() {
        JavaArchive beans = Archives.ear().getAsType(JavaArchive.class, "/smtp-ra-ejb.jar");
        return ShrinkWrap.create(JavaArchive.class, "hooks.jar")
                .add(beans.get(EXAMPLE_CLASS).getAsset(), EXAMPLE_CLASS);
    }

    private static JavaArchive inbox() {
        return Archives.beans("inbox.jar", Archives.RAR, Map.of("recipients", "*@example.com"), InboxBean.class);
    }
}
