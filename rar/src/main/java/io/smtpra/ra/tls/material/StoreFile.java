package io.smtpra.ra.tls.material;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProperty;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.util.Optional;

/**
 * Opens a key store, and says which property is wrong if it can't.
 *
 * @param path the file
 * @param type the store's type
 * @param password its password
 * @param pathProperty the property that names the file
 * @param typeProperty the property that names the type
 * @param passwordProperty the property that has the password
 */
record StoreFile(
        Path path,
        String type,
        Optional<String> password,
        TlsProperty pathProperty,
        TlsProperty typeProperty,
        TlsProperty passwordProperty) {

    static StoreFile of(KeyMaterial.KeyStoreFile material) {
        return new StoreFile(material.path(), material.type(), material.password(), TlsProperty.KEY_STORE_PATH,
                TlsProperty.KEY_STORE_TYPE, TlsProperty.KEY_STORE_PASSWORD);
    }

    static StoreFile of(TrustMaterial.TrustStoreFile material) {
        return new StoreFile(material.path(), material.type(), material.password(), TlsProperty.TRUST_STORE_PATH,
                TlsProperty.TRUST_STORE_TYPE, TlsProperty.TRUST_STORE_PASSWORD);
    }

    KeyStore load() throws TlsConfigurationException {
        KeyStore store = instance();
        byte[] octets = MaterialFile.read(path, pathProperty);
        try {
            store.load(new ByteArrayInputStream(octets), secret());
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw wrongPassword(e);
            }
            throw damaged(e);
        } catch (GeneralSecurityException e) {
            throw damaged(e);
        }
    }

    char[] secret() {
        return password.map(String::toCharArray).orElse(null);
    }

    TlsConfigurationException fault(String reason, Throwable cause) {
        return new TlsConfigurationException(pathProperty, path.toString(), reason, cause);
    }

    TlsConfigurationException wrongPassword(Throwable cause) {
        return new TlsConfigurationException(passwordProperty, "", password.isPresent()
                ? "this is not the password of " + path : path + " is encrypted: set its password", cause);
    }

    private TlsConfigurationException damaged(Throwable cause) {
        return fault("this is not a key store of type " + type + ", or it is damaged: " + cause.getMessage(), cause);
    }

    private KeyStore instance() throws TlsConfigurationException {
        try {
            return KeyStore.getInstance(type);
        } catch (KeyStoreException e) {
            throw new TlsConfigurationException(typeProperty, type,
                    "the JVM does not know this type; it knows " + Security.getAlgorithms("KeyStore"), e);
        }
    }
}
