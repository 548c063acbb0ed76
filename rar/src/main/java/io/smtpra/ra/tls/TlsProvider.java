package io.smtpra.ra.tls;

import java.util.LinkedHashMap;
import java.util.Map;

/** Whose TLS implementation is used. */
public enum TlsProvider {
    /** BoringSSL where it can be loaded and can do what is configured, else the JVM's. */
    AUTO,
    /** The one of the JVM. */
    JDK,
    /** BoringSSL, or the deployment fails. */
    OPENSSL;

    /**
     * The names that stand in a configuration.
     *
     * @return the provider by its name
     */
    public static Map<String, TlsProvider> names() {
        Map<String, TlsProvider> names = new LinkedHashMap<>();
        names.put("auto", AUTO);
        names.put("jdk", JDK);
        names.put("openssl", OPENSSL);
        return names;
    }
}
