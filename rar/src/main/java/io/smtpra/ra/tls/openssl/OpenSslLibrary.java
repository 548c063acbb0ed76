package io.smtpra.ra.tls.openssl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The native library, as an adapter sees it. */
public final class OpenSslLibrary {

    private final BiFunction<String, Map<String, Object>, Object> shared;
    private final String version;
    private final Set<String> cipherSuites;

    /** What contexts of both sides are made of; key and trust managers are asked from the library's callbacks. */
    public record Settings(Optional<X509ExtendedKeyManager> keys, Optional<X509ExtendedTrustManager> trust,
            List<String> protocols, List<String> cipherSuites, int mostSessions, int sessionSeconds) {

        private Map<String, Object> asMap() {
            Map<String, Object> map = new HashMap<>(Map.of(
                    SharedContext.PROTOCOLS, protocols, SharedContext.CIPHER_SUITES, cipherSuites,
                    SharedContext.MOST_SESSIONS, mostSessions, SharedContext.SESSION_SECONDS, sessionSeconds));
            keys.ifPresent(manager -> map.put(SharedContext.KEY_MANAGER, manager));
            trust.ifPresent(manager -> map.put(SharedContext.TRUST_MANAGER, manager));
            return map;
        }
    }

    @SuppressWarnings("unchecked")
    private OpenSslLibrary(BiFunction<String, Map<String, Object>, Object> shared) {
        this.shared = shared;
        this.version = (String) shared.apply(SharedLibrary.VERSION, Map.of());
        this.cipherSuites = (Set<String>) shared.apply(SharedLibrary.CIPHER_SUITES, Map.of());
    }

    /**
     * The library, which is loaded now if nobody in this JVM has done so before.
     *
     * @return the library
     * @throws OpenSslUnavailableException if it can't be loaded here, and why
     */
    public static OpenSslLibrary load() throws OpenSslUnavailableException {
        BiFunction<String, Map<String, Object>, Object> shared = StayingLoader.library();
        String fault = (String) shared.apply(SharedLibrary.FAULT, Map.of());
        if (!fault.isEmpty()) {
            throw new OpenSslUnavailableException(fault);
        }
        return new OpenSslLibrary(shared);
    }

    /**
     * Which library it is.
     *
     * @return name and version
     */
    public String version() {
        return version;
    }

    /**
     * The cipher suites that it has.
     *
     * @return their IANA names
     */
    public Set<String> cipherSuites() {
        return cipherSuites;
    }

    /**
     * A context for listeners.
     *
     * @param settings the keys among them
     * @param clientAuth NONE, OPTIONAL or REQUIRE
     * @param sessionIdContext a session is resumed only by a context with the same, at most 32 octets
     * @return the context
     * @throws IllegalArgumentException if the library refuses them
     */
    public OpenSslContext server(Settings settings, String clientAuth, byte[] sessionIdContext) {
        Map<String, Object> map = settings.asMap();
        map.put(SharedContext.CLIENT_AUTH, clientAuth);
        map.put(SharedContext.SESSION_ID_CONTEXT, sessionIdContext);
        return context(SharedLibrary.SERVER, map);
    }

    /**
     * A context for clients.
     *
     * @param settings the trust among them
     * @return the context
     * @throws IllegalArgumentException if the library refuses them
     */
    public OpenSslContext client(Settings settings) {
        return context(SharedLibrary.CLIENT, settings.asMap());
    }

    @SuppressWarnings("unchecked")
    private OpenSslContext context(String side, Map<String, Object> settings) {
        return new OpenSslContext((Map<String, Object>) shared.apply(side, settings));
    }
}
