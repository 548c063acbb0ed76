package io.smtpra.ra.tls.openssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.OpenSsl;
import io.smtpra.ra.Eventually;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Adapters come and go, each with a class loader of its own: the library is there once, and holds none of them. */
@EnabledOnOs(OS.LINUX)
class StayingLibraryTest {

    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    @Test
    void isLoadedOnceForAllAdaptersAndOutlivesThem() throws Exception {
        List<WeakReference<ClassLoader>> adapters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            adapters.add(adapter());
        }
        assertThat(mapped()).as("libraries in the process").hasSize(1);
        Eventually.isTrue(() -> {
            System.gc();
            return adapters.stream().allMatch(adapter -> adapter.get() == null);
        });
        assertThat(mapped()).as("libraries in the process").hasSize(1);
        assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("io.smtpra:type=TlsLibrary,*"),
                null)).hasSize(1);
    }

    @Test
    void leavesNoFileBehind() throws Exception {
        Set<String> before = files();
        adapter();
        Set<String> left = files();
        left.removeAll(before);
        // Those of another process go by themselves.
        Eventually.isTrue(() -> left.stream().noneMatch(file -> Files.exists(TEMPORARY.resolve(file))));
    }

    @Test
    void theAdaptersOwnNettyDoesNotFindIt() {
        assertThat(OpenSsl.isAvailable()).isFalse();
    }

    private static Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(TEMPORARY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("smtp-ra-tls") || name.startsWith("libnetty_tcnative"))
                    .collect(Collectors.toSet());
        }
    }

    /** One adapter in a class loader of its own, which has loaded the library. */
    private static WeakReference<ClassLoader> adapter() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> library = loader.loadClass(OpenSslLibrary.class.getName());
            Object loaded = library.getMethod("load").invoke(null);
            assertThat((Set<?>) library.getMethod("cipherSuites").invoke(loaded)).asString()
                    .contains("TLS_AES_128_GCM_SHA256");
            return new WeakReference<>(loader);
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static Set<String> mapped() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("netty_tcnative"))
                    .map(line -> line.replaceFirst(".* (\\S*netty_tcnative)", "$1"))
                    .collect(Collectors.toSet());
        }
    }
}
