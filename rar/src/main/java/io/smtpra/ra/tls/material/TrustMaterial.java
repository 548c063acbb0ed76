package io.smtpra.ra.tls.material;

import io.smtpra.ra.config.PropertyReader;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Whose certificates are trusted. */
public sealed interface TrustMaterial {

    /**
     * The certificates in a PEM file.
     *
     * @param path the file
     */
    record TrustedPem(Path path) implements TrustMaterial {

        /** Refuses null. */
        public TrustedPem {
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * The certificates in a key store.
     *
     * @param path its file
     * @param type {@code PKCS12}, {@code JKS} or another that the JVM knows
     * @param password its password
     */
    record TrustStoreFile(Path path, String type, Optional<String> password) implements TrustMaterial {

        /** Refuses nulls. */
        public TrustStoreFile {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return "TrustStoreFile[path=" + path + ", type=" + type + "]";
        }
    }

    /** Those that the JVM trusts by itself: its {@code cacerts}, or {@code javax.net.ssl.trustStore}. */
    record JvmDefault() implements TrustMaterial {
    }

    /**
     * Reads whose certificates are trusted.
     *
     * @param reader the properties
     * @return absent if no file is named
     */
    static Optional<TrustMaterial> read(PropertyReader reader) {
        Optional<Path> store = reader.path("trustStorePath", "the path of a file");
        Optional<Path> pem = reader.path("trustedCertificatesFile", "the path of a file");
        if (store.isPresent() && pem.isPresent()) {
            return reader.fault("trustStorePath", reader.value("trustStorePath"),
                    "empty, as trustedCertificatesFile is set", Optional.empty());
        }
        return pem.<TrustMaterial>map(TrustedPem::new).or(() -> store.map(file -> new TrustStoreFile(
                file,
                reader.required("trustStoreType", "PKCS12, JKS or another that the JVM knows"),
                reader.text("trustStorePassword"))));
    }
}
