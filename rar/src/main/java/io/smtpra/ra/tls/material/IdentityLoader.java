package io.smtpra.ra.tls.material;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProperty;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Reads key material and checks that it can be used now. */
public final class IdentityLoader {

    /** Makes the identities that no file has. */
    @FunctionalInterface
    public interface SelfSigner {

        /**
         * The identity of a self-signed certificate.
         *
         * @param material whom it is for
         * @return the identity
         * @throws TlsConfigurationException if none can be made for this name
         */
        Identity identity(KeyMaterial.SelfSigned material) throws TlsConfigurationException;
    }

    private final Clock clock;
    private final SelfSigner selfSigner;

    /**
     * A loader.
     *
     * @param clock tells whether certificates are valid
     * @param selfSigner makes the self-signed ones
     */
    public IdentityLoader(Clock clock, SelfSigner selfSigner) {
        this.clock = clock;
        this.selfSigner = selfSigner;
    }

    /**
     * The files that this material comes from.
     *
     * @param material the material
     * @return the files, possibly none
     */
    public static Stream<Path> files(KeyMaterial material) {
        if (material instanceof KeyMaterial.PemFiles pem) {
            return Stream.of(pem.certificateFile(), pem.privateKeyFile()).distinct();
        }
        return material instanceof KeyMaterial.KeyStoreFile store ? Stream.of(store.path()) : Stream.empty();
    }

    /**
     * Reads key material.
     *
     * @param materials where the keys come from
     * @return the identities of all
     * @throws TlsConfigurationException if one can't be used, and why
     */
    public List<Identity> load(List<KeyMaterial> materials) throws TlsConfigurationException {
        List<Identity> identities = new ArrayList<>();
        for (KeyMaterial material : materials) {
            identities.addAll(load(material));
        }
        return List.copyOf(identities);
    }

    private List<Identity> load(KeyMaterial material) throws TlsConfigurationException {
        if (material instanceof KeyMaterial.PemFiles pem) {
            return List.of(fromPem(pem));
        }
        if (material instanceof KeyMaterial.KeyStoreFile store) {
            return fromStore(store);
        }
        if (material instanceof KeyMaterial.SelfSigned selfSigned) {
            return List.of(selfSigner.identity(selfSigned));
        }
        throw new TlsConfigurationException(TlsProperty.SSL_CONTEXT, ((KeyMaterial.ServerContext) material).name(),
                "an SSL context of the server can't be combined with other key material");
    }

    private Identity fromPem(KeyMaterial.PemFiles pem) throws TlsConfigurationException {
        PemFile certificates = PemFile.read(pem.certificateFile(), TlsProperty.CERTIFICATE_FILE);
        List<X509Certificate> chain = certificates.certificates();
        PemFile keys = PemFile.read(pem.privateKeyFile(), TlsProperty.PRIVATE_KEY_FILE);
        Identity identity = new Identity(new PrivateKeyReader(keys, pem.privateKeyPassword()).read(), chain);
        if (identity.matchesAnother() && !identity.matches()) {
            throw certificates.fault("the host's own certificate must be the first in the file, before those of its "
                    + "issuers", null);
        }
        if (!identity.matches()) {
            throw keys.fault("the key does not match the certificate in " + pem.certificateFile() + " ("
                    + identity + ")", null);
        }
        checkValidity(identity, TlsProperty.CERTIFICATE_FILE, pem.certificateFile());
        return identity;
    }

    private List<Identity> fromStore(KeyMaterial.KeyStoreFile material) throws TlsConfigurationException {
        StoreFile file = StoreFile.of(material);
        KeyStore store = file.load();
        try {
            List<Identity> identities = new ArrayList<>();
            for (String alias : aliases(material, store)) {
                Identity identity = entry(file, store, alias);
                checkValidity(identity, TlsProperty.KEY_STORE_PATH, material.path());
                identities.add(identity);
            }
            if (identities.isEmpty()) {
                throw file.fault("there is no private key in the key store", null);
            }
            return identities;
        } catch (UnrecoverableKeyException e) {
            throw file.wrongPassword(e);
        } catch (GeneralSecurityException e) {
            throw file.fault("the key store can't be used: " + e.getMessage(), e);
        }
    }

    private static List<String> aliases(KeyMaterial.KeyStoreFile material, KeyStore store)
            throws GeneralSecurityException, TlsConfigurationException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (material.alias().isEmpty()) {
            return keys;
        }
        String wanted = material.alias().get();
        if (!store.isKeyEntry(wanted)) {
            throw new TlsConfigurationException(TlsProperty.KEY_ALIAS, wanted,
                    "there is no private key of this name in " + material.path() + ", only " + keys);
        }
        return List.of(wanted);
    }

    private static Identity entry(StoreFile file, KeyStore store, String alias)
            throws GeneralSecurityException, TlsConfigurationException {
        char[] secret = file.secret();
        Key key = store.getKey(alias, secret);
        Certificate[] certificates = store.getCertificateChain(alias);
        if (!(key instanceof PrivateKey privateKey) || certificates == null) {
            throw file.fault("the entry " + alias + " has no certificate", null);
        }
        List<X509Certificate> chain = Stream.of(certificates)
                .filter(X509Certificate.class::isInstance).map(X509Certificate.class::cast).toList();
        Identity identity = new Identity(privateKey, chain);
        if (!identity.matches()) {
            throw file.fault("the key " + alias + " does not match its certificate (" + identity + ")", null);
        }
        return identity;
    }

    private void checkValidity(Identity identity, TlsProperty property, Path file) throws TlsConfigurationException {
        Instant now = clock.instant();
        if (now.isAfter(identity.expires())) {
            throw new TlsConfigurationException(property, file.toString(),
                    "the certificate (" + identity + ") has expired: it was valid until " + identity.expires());
        }
        if (now.isBefore(identity.validFrom())) {
            throw new TlsConfigurationException(property, file.toString(),
                    "the certificate (" + identity + ") is not valid before " + identity.validFrom());
        }
    }
}
