package io.smtpra.ra.tls.server;

import java.util.Map;

/** Whose TLS implementation serves the listeners. */
public enum TlsProvider {
    /** The one of the JVM. */
    JDK,
    /**
     * OpenSSL or BoringSSL through netty-tcnative, which must be on the class path. It can't choose a certificate by
     * the client's abilities: where there are an RSA and an ECDSA one for a name, all get the RSA one.
     */
    OPENSSL;

    /**
     * The names that stand in a configuration.
     *
     * @return the provider by its name
     */
    public static Map<String, TlsProvider> names() {
        return Map.of("jdk", JDK, "openssl", OPENSSL);
    }
}
