package io.smtpra.ra.tls.material;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes the trust manager that checks a peer's chain (RFC 5280). */
public final class TrustLoader {

    private static final String PKIX = "PKIX";

    private TrustLoader() {
    }

    /**
     * The files that this material comes from.
     *
     * @param material the material
     * @return the files, possibly none
     */
    public static Stream<Path> files(TrustMaterial material) {
        if (material instanceof TrustMaterial.TrustedPem pem) {
            return Stream.of(pem.path());
        }
        return material instanceof TrustMaterial.TrustStoreFile store ? Stream.of(store.path()) : Stream.empty();
    }

    /**
     * Makes a trust manager.
     *
     * @param material whose certificates are trusted
     * @param revocationCheck whether certificates are also looked up as revoked, by OCSP or in a revocation list; one
     *     whose state can't be learned is then not trusted
     * @return the trust manager
     * @throws TlsConfigurationException if the material can't be used, and why
     */
    public static X509ExtendedTrustManager load(TrustMaterial material, boolean revocationCheck)
            throws TlsConfigurationException {
        KeyStore anchors = anchors(material);
        try {
            X509ExtendedTrustManager plain = manager(factory(anchors));
            return revocationCheck ? manager(revocationFactory(plain.getAcceptedIssuers())) : plain;
        } catch (GeneralSecurityException e) {
            throw fault(material, "the trusted certificates can't be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore anchors(TrustMaterial material) throws TlsConfigurationException {
        if (material instanceof TrustMaterial.TrustedPem pem) {
            List<X509Certificate> certificates =
                    PemFile.read(pem.path(), TlsProperty.TRUSTED_CERTIFICATES_FILE).certificates();
            return storeOf(pem, certificates);
        }
        if (material instanceof TrustMaterial.TrustStoreFile file) {
            KeyStore store = StoreFile.of(file).load();
            if (!hasCertificates(store)) {
                throw fault(material, "there is no trusted certificate in it", null);
            }
            return store;
        }
        return null;
    }

    private static boolean hasCertificates(KeyStore store) {
        try {
            return store.aliases().asIterator().hasNext() && manager(factory(store)).getAcceptedIssuers().length > 0;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static KeyStore storeOf(TrustMaterial material, List<X509Certificate> certificates)
            throws TlsConfigurationException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int index = 0; index < certificates.size(); index++) {
                store.setCertificateEntry(String.valueOf(index), certificates.get(index));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw fault(material, "the trusted certificates can't be used: " + e.getMessage(), e);
        }
    }

    /** A factory of trust managers; a null store stands for whom the JVM trusts. */
    private static TrustManagerFactory factory(KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(PKIX);
        factory.init(anchors);
        return factory;
    }

    private static TrustManagerFactory revocationFactory(X509Certificate[] issuers) throws GeneralSecurityException {
        Set<TrustAnchor> anchors =
                Arrays.stream(issuers).map(issuer -> new TrustAnchor(issuer, null)).collect(Collectors.toSet());
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
        parameters.addCertPathChecker(
                (PKIXRevocationChecker) CertPathBuilder.getInstance(PKIX).getRevocationChecker());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(PKIX);
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory;
    }

    private static X509ExtendedTrustManager manager(TrustManagerFactory factory) {
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private static TlsConfigurationException fault(TrustMaterial material, String reason, Throwable cause) {
        if (material instanceof TrustMaterial.TrustedPem pem) {
            return new TlsConfigurationException(
                    TlsProperty.TRUSTED_CERTIFICATES_FILE, pem.path().toString(), reason, cause);
        }
        String path = files(material).map(Path::toString).findFirst().orElse("");
        return new TlsConfigurationException(TlsProperty.TRUST_STORE_PATH, path, reason, cause);
    }
}
