package io.smtpra.ra.inbound.smtp.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.StartTlsHook;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.core.fastfail.MaxRcptHandler;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How hooks are found and set, and what an administrator reads where that fails. */
class HookLoaderTest {

    private static final HookThreads NONE = new HookThreads() {
        @Override
        public void run(Runnable task, Consumer<Exception> onReject) {
            task.run();
        }

        @Override
        public Runnable after(Duration time, Runnable task) {
            return () -> { };
        }
    };

    @TempDir
    Path folder;

    private OutsideHooks load(String settings, String... names) throws Exception {
        Path file = folder.resolve("hooks.properties");
        Files.writeString(file, settings);
        return new HookLoader(new HookConfig(List.of(names), Optional.of(file), Duration.ofSeconds(1)),
                module -> Optional.empty()).load(NONE);
    }

    @Test
    void hooksAreMadeAndSetInOrder() throws Exception {
        OutsideHooks hooks = load("""
                Settable.text = a b
                io.smtpra.ra.inbound.smtp.hosting.LoadableHooks$Settable.number = 5
                Settable.flag = true
                Settable.time = PT5S
                Settable.list = a@example.com, b@example.com
                MaxRcptHandler.maxRcpt = 3
                """, LoadableHooks.Settable.class.getName(), MaxRcptHandler.class.getName(), LoadableHooks.Tls.class.getName());
        assertThat(hooks.handlers()).hasSize(3);
        LoadableHooks.Settable settable = (LoadableHooks.Settable) hooks.handlers().get(0);
        assertThat(settable.set()).containsExactlyInAnyOrder(
                "a b", 5, true, Duration.ofSeconds(5), Set.of("a@example.com", "b@example.com"));
        assertThat(hooks.handlers().get(1)).isInstanceOf(MaxRcptHandler.class);
        assertThat(hooks.handlers().get(2)).isInstanceOf(StartTlsHook.class);
        hooks.destroy();
        assertThat(settable.isDestroyed()).isTrue();
    }

    @Test
    void aHookThatKnowsUsersIsTold() throws Exception {
        assertThat(load("", LoadableHooks.Users.class.getName()).knowUsers()).isTrue();
        assertThat(load("", LoadableHooks.Tls.class.getName()).knowUsers()).isFalse();
    }

    @Test
    void aHookThatHearsOfEventsIsTold() throws Exception {
        assertThat(load("", LoadableHooks.Events.class.getName()).eventListeners()).singleElement()
                .isInstanceOf(LoadableHooks.Events.class);
        assertThat(load("", LoadableHooks.Users.class.getName()).eventListeners()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "com.example.Missing | 'hooks' is 'com.example.Missing': there is no such class",
        "java.lang.String | it is no hook",
        "io.smtpra.ra.inbound.smtp.hosting.LoadableHooks$NoHook | it is no hook",
        "io.smtpra.ra.inbound.smtp.hosting.LoadableHooks$Broken | it cannot be made: java.lang.IllegalStateException: no database",
        "io.smtpra.ra.inbound.smtp.hosting.LoadableHooks$Demanding | a public constructor without parameters",
        "io.smtpra.ra.inbound.smtp.hosting.LoadableHooks$SlowEvents | a hook that hears of events must not wait",
        "io.smtpra.ra.inbound.smtp.hosting.LoadableHooks$Lines | a LineHandler is not hosted",
        "org.apache.james.protocols.smtp.core.ReceivedDataLineFilter | a DataLineFilter is not hosted: a content does not pass line by line",
        "org.apache.james.protocols.api.handler.CommandHandlerResultLogger | a ProtocolHandlerResultHandler is not hosted",
        "org.apache.james.protocols.smtp.core.fastfail.ValidSenderDomainHandler | a public class that is not abstract",
        "com.example.Hook@com.example.module | the server has no module 'com.example.module'"})
    void whatCannotBeAHookIsNamed(String name, String message) {
        assertThatThrownBy(() -> load("", name)).isInstanceOf(HookConfigurationException.class)
                .hasMessageContaining("'hooks' is '" + name + "'").hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Settable.number = five | its key 'Settable.number' takes a int, not 'five'",
        "Settable.nothing = 1 | its key 'Settable.nothing' needs a method public void setNothing",
        "Other.number = 1 | its key 'Other.number' is no property of a hook that 'hooks' names"})
    void aWrongSettingIsNamed(String setting, String message) {
        assertThatThrownBy(() -> load(setting, LoadableHooks.Settable.class.getName()))
                .isInstanceOf(HookConfigurationException.class)
                .hasMessageStartingWith("'hookProperties' is '" + folder).hasMessageContaining(message);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> new HookLoader(new HookConfig(List.of(), Optional.of(folder.resolve("none")),
                Duration.ofSeconds(1)), module -> Optional.empty()).load(NONE))
                .hasMessageContaining("'hookProperties' is").hasMessageContaining("a properties file that can be read");
    }

    /** A jar of the ear, or a module, does not see James: its loader cannot link a hook. */
    @Test
    void aHookIsLinkedWhereItsOwnLoaderDoesNotSeeJames() throws Exception {
        Path classes = folder.resolve("classes");
        copy(LoadableHooks.Settable.class, classes);
        try (URLClassLoader blind = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            String name = LoadableHooks.Settable.class.getName();
            assertThatThrownBy(() -> Class.forName(name, true, blind)).isInstanceOf(NoClassDefFoundError.class);
            ClassLoader ours = new ClassLoader(HookLoader.class.getClassLoader()) {
                @Override
                protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
                    if (wanted.startsWith(name)) {
                        throw new ClassNotFoundException(wanted);
                    }
                    return super.loadClass(wanted, resolve);
                }

                @Override
                public URL getResource(String path) {
                    return path.startsWith(name.replace('.', '/')) ? null : super.getResource(path);
                }
            };
            Class<?> linked = new HookClassLoader(ours, List.of(blind)).hook(name);
            assertThat(linked).isNotSameAs(LoadableHooks.Settable.class);
            assertThat(ProtocolHandler.class.isAssignableFrom(linked)).isTrue();
            assertThat(linked.getConstructor().newInstance()).isInstanceOf(MailHook.class);
        }
    }

    private static void copy(Class<?> type, Path folder) throws IOException {
        String path = type.getName().replace('.', '/') + ".class";
        Path target = folder.resolve(path);
        Files.createDirectories(target.getParent());
        try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
            Files.copy(in, target);
        }
    }
}
