package io.smtpra.ra.tls.openssl;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsParameters;
import io.smtpra.ra.tls.TlsProperty;
import io.smtpra.ra.tls.TlsProvider;
import java.util.List;
import java.util.Optional;

/**
 * Which implementation of TLS is used, and why.
 *
 * @param library the native one; absent: the JVM's
 * @param reason why, for an administrator
 */
public record ProviderChoice(Optional<OpenSslLibrary> library, String reason) {

    private static final List<String> TLS_1_3_SUITES =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    private static final String TLS_1_3 = "TLSv1.3";

    /**
     * Chooses.
     *
     * @param wanted what is configured
     * @param protocols the protocol versions that are to be spoken
     * @param cipherSuites those that are configured, possibly none
     * @param objection why the native library can't do the rest of what is configured, absent if it can
     * @return the choice
     * @throws TlsConfigurationException if openssl is wanted and can't be had
     */
    public static ProviderChoice of(TlsProvider wanted, List<String> protocols, List<String> cipherSuites,
            Optional<String> objection) throws TlsConfigurationException {
        if (wanted == TlsProvider.JDK) {
            return new ProviderChoice(Optional.empty(), "tlsProvider is jdk");
        }
        OpenSslLibrary library;
        try {
            library = OpenSslLibrary.load();
        } catch (OpenSslUnavailableException e) {
            return jdk(wanted, "BoringSSL can't be loaded here: " + e.getMessage(), e);
        }
        if (wanted == TlsProvider.OPENSSL) {
            TlsParameters.checked(cipherSuites, library.cipherSuites());
        }
        Optional<String> obstacle = objection.or(() -> suites(library, protocols, cipherSuites));
        return obstacle.isPresent() ? jdk(wanted, "BoringSSL " + obstacle.get(), null)
                : new ProviderChoice(Optional.of(library), "tlsProvider is " + (wanted == TlsProvider.AUTO
                        ? "auto, and it can be loaded" : "openssl"));
    }

    /**
     * The protocol versions as the native library has to be told: it speaks TLS 1.3 with its own suites or not at all.
     *
     * @param protocols those that are to be spoken
     * @param cipherSuites the suites that are to be used, not empty
     * @return the versions for which there are suites
     */
    public static List<String> speakable(List<String> protocols, List<String> cipherSuites) {
        boolean any = cipherSuites.stream().anyMatch(TLS_1_3_SUITES::contains);
        return protocols.stream().filter(protocol -> any || !protocol.equals(TLS_1_3)).toList();
    }

    @Override
    public String toString() {
        return library.map(OpenSslLibrary::version).orElse("the JVM's") + " (" + reason + ")";
    }

    private static ProviderChoice jdk(TlsProvider wanted, String why, Throwable cause)
            throws TlsConfigurationException {
        if (wanted == TlsProvider.OPENSSL) {
            throw new TlsConfigurationException(TlsProperty.TLS_PROVIDER, "openssl",
                    why + "; allowed: auto, jdk", cause);
        }
        return new ProviderChoice(Optional.empty(), "tlsProvider is auto, and " + why);
    }

    private static Optional<String> suites(OpenSslLibrary library, List<String> protocols, List<String> cipherSuites) {
        if (cipherSuites.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> unknown =
                cipherSuites.stream().filter(suite -> !library.cipherSuites().contains(suite)).findFirst();
        if (unknown.isPresent()) {
            return unknown.map(suite -> "does not have the cipher suite " + suite);
        }
        long known = TLS_1_3_SUITES.stream().filter(cipherSuites::contains).count();
        if (protocols.contains(TLS_1_3) && known > 0 && known < TLS_1_3_SUITES.size()) {
            return Optional.of("speaks TLSv1.3 with all of " + String.join(", ", TLS_1_3_SUITES)
                    + " or not at all, and tlsCiphers names some of them");
        }
        return speakable(protocols, cipherSuites).isEmpty()
                ? Optional.of("has no cipher suite of tlsCiphers for " + String.join(", ", protocols))
                : Optional.empty();
    }
}
