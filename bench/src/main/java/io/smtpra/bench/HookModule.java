package io.smtpra.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** {@link DecliningHook} in a module of the server, with {@code -Dbench.hook=true}. */
final class HookModule {

    private static final String MODULE = "io.smtpra.bench.hook";

    private HookModule() {}

    /** Puts it there if it is wanted, and returns the options that turn it on. */
    static List<String> options(Path home) throws IOException {
        if (!Boolean.getBoolean("bench.hook")) {
            return List.of();
        }
        Path folder = Files.createDirectories(home.resolve("modules").resolve(MODULE.replace('.',
                '/')).resolve("main"));
        String entry = DecliningHook.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(folder.resolve("hook.jar"));
                JarOutputStream jar = new JarOutputStream(file);
                InputStream octets = DecliningHook.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new ZipEntry(entry));
            octets.transferTo(jar);
        }
        Files.writeString(folder.resolve("module.xml"), """
                <module xmlns="urn:jboss:module:1.9" name="%s">
                    <resources>
                        <resource-root path="hook.jar"/>
                    </resources>
                </module>
                """.formatted(MODULE));
        return List.of("-Dsmtpra.hooks=" + DecliningHook.class.getName() + "@" + MODULE);
    }
}
