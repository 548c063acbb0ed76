package io.smtpra.ra.tls.openssl;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.unix.Unix;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NameResolver;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;

/**
 * One jar of all that lives with the native library, copied from the archive: of that nothing is left after its
 * undeployment. Netty is copied from the adapter's class path; Netty's classes and files of the library are not on it,
 * lest the adapter's own Netty finds them.
 */
final class LibraryBundle {

    /** One class of each jar of Netty. */
    private static final List<Class<?>> OF_EACH_JAR = List.of(ReferenceCounted.class, ByteBuf.class, Channel.class,
            Unix.class, ByteToMessageDecoder.class, NameResolver.class, SslHandler.class);
    /** Those of this room that live with the library. */
    private static final List<String> OURS = List.of(
            file(SharedLibrary.class), file(SharedLibraryMBean.class), file(SharedContext.class));
    private static final String FOLDER = "META-INF/openssl/";
    private static final String CLASSES = FOLDER + "netty-tcnative-classes.jar";
    private static final String NETTY_VERSION = "META-INF/maven/io.netty/netty-handler/pom.properties";

    private final JarOutputStream out;
    private final Set<String> known = new HashSet<>();

    private LibraryBundle(JarOutputStream out) {
        this.out = out;
    }

    /** Writes it into a new temporary file. */
    static Path write() throws IOException, OpenSslUnavailableException {
        Path file = Files.createTempFile("smtp-ra-tls", ".jar");
        boolean done = false;
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            // It is read once.
            out.setLevel(0);
            new LibraryBundle(out).copyAll();
            done = true;
            return file;
        } finally {
            if (!done) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** What tells one library, and what lives with it, from another: a short text. */
    static String identity() throws IOException, OpenSslUnavailableException {
        CRC32 sum = new CRC32();
        for (String name : List.of(NETTY_VERSION, CLASSES, OURS.get(0), OURS.get(1), OURS.get(2))) {
            try (InputStream in = resource(name)) {
                sum.update(in.readAllBytes());
            }
        }
        return Long.toHexString(sum.getValue());
    }

    private void copyAll() throws IOException, OpenSslUnavailableException {
        for (Class<?> type : OF_EACH_JAR) {
            copyJarOf(type);
        }
        try (InputStream in = resource(CLASSES)) {
            copy(in, "");
        }
        for (String name : OURS) {
            try (InputStream in = resource(name)) {
                copyEntry(in, name);
            }
        }
        copyNative();
    }

    private void copyJarOf(Class<?> type) throws IOException, OpenSslUnavailableException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            throw new OpenSslUnavailableException("where " + type.getName() + " comes from is not known");
        }
        try (InputStream in = source.getLocation().openStream()) {
            copy(in, "");
        }
        if (!known.contains(file(type))) {
            throw new OpenSslUnavailableException(type.getName() + " can't be read from " + source.getLocation());
        }
    }

    /** From the archive, or from a jar that somebody has put into it for another system. */
    private void copyNative() throws IOException, OpenSslUnavailableException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        String kind = (system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "osx" : system)
                + "-" + machine;
        String library = "netty_tcnative_" + kind.replace('-', '_');
        String name = "META-INF/native/" + (system.startsWith("windows") ? library + ".dll"
                : system.startsWith("mac") ? "lib" + library + ".jnilib" : "lib" + library + ".so");
        InputStream carried = LibraryBundle.class.getClassLoader().getResourceAsStream(
                FOLDER + "netty-tcnative-boringssl-static-" + kind + ".jar");
        if (carried != null) {
            try (carried) {
                copy(carried, name);
            }
        } else {
            try (InputStream in = resource(name)) {
                copyEntry(in, name);
            }
        }
    }

    /** All of a jar that is no description of it, or one entry. */
    private void copy(InputStream jar, String only) throws IOException {
        // WildFly shows a jar within an archive as a folder, whose stream is that of a jar already.
        JarInputStream in = jar instanceof JarInputStream ready ? ready : new JarInputStream(jar);
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
            String name = entry.getName();
            boolean wanted = only.isEmpty() ? !entry.isDirectory() && !name.startsWith("META-INF/") : name.equals(only);
            if (wanted) {
                copyEntry(in, name);
            }
        }
    }

    private void copyEntry(InputStream in, String name) throws IOException {
        if (known.add(name)) {
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
        }
    }

    private static InputStream resource(String name) throws OpenSslUnavailableException {
        InputStream in = LibraryBundle.class.getClassLoader().getResourceAsStream(name);
        if (in == null) {
            throw new OpenSslUnavailableException("the archive has no " + name);
        }
        return in;
    }

    private static String file(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }
}
