package io.smtpra.ra.tls.openssl;

import io.netty.handler.ssl.OpenSsl;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import javax.net.ssl.SSLException;

/**
 * The way into the class loader that stays. Everything that goes in or out is of a type of the JDK, which both sides
 * know; what a call is about, its first argument says.
 */
public final class SharedLibrary implements SharedLibraryMBean, BiFunction<String, Map<String, Object>, Object> {

    /** Asks for {@link #getFault()}; loads the library if nobody has before. */
    static final String FAULT = "fault";
    /** Asks for {@link #getVersion()}. */
    static final String VERSION = "version";
    /** Asks for the IANA names of the cipher suites: a {@code Set<String>}. */
    static final String CIPHER_SUITES = "cipherSuites";
    /** Asks for a context of listeners; the second argument is what {@link SharedContext} reads. */
    static final String SERVER = "server";
    /** Asks for a context of clients. */
    static final String CLIENT = "client";

    @Override
    public Object apply(String what, Map<String, Object> settings) {
        try {
            return switch (what) {
                case FAULT -> getFault();
                case VERSION -> getVersion();
                case CIPHER_SUITES -> cipherSuites();
                case SERVER -> SharedContext.server(settings).ways();
                case CLIENT -> SharedContext.client(settings).ways();
                default -> throw new IllegalArgumentException(what);
            };
        } catch (SSLException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Loads the library, and has the JVM keep it: nobody can take a hook for its end away who does not have it.
     *
     * @return as {@link #getFault()}
     */
    public String stay() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> { }, "smtp-ra TLS library"));
        return getFault();
    }

    @Override
    public String getVersion() {
        return OpenSsl.isAvailable() ? OpenSsl.versionString() : "";
    }

    @Override
    public String getFault() {
        if (OpenSsl.isAvailable()) {
            return "";
        }
        Throwable root = OpenSsl.unavailabilityCause();
        while (root.getCause() != null) {
            root = root.getCause();
        }
        // Of several attempts the last is the one that was to succeed: the library from the archive.
        Throwable[] attempts = root.getSuppressed();
        return String.valueOf((attempts.length == 0 ? root : attempts[0]).getMessage());
    }

    private static Set<String> cipherSuites() {
        return new TreeSet<>(OpenSsl.availableJavaCipherSuites());
    }
}
