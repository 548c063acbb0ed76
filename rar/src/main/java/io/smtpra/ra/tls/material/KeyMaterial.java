package io.smtpra.ra.tls.material;

import io.smtpra.ra.server.ServerServices;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Where a private key and its certificate chain come from. None of them shows a secret in {@code toString}. */
public sealed interface KeyMaterial {

    /**
     * PEM files: the chain with the host's own certificate first, and the key (PKCS#8, PKCS#1 or SEC 1). Both may be
     * the same file.
     *
     * @param certificateFile the chain
     * @param privateKeyFile the key
     * @param privateKeyPassword the password of an encrypted key
     */
    record PemFiles(Path certificateFile, Path privateKeyFile, Optional<String> privateKeyPassword)
            implements KeyMaterial {

        /** Refuses nulls. */
        public PemFiles {
            Objects.requireNonNull(certificateFile, "certificateFile");
            Objects.requireNonNull(privateKeyFile, "privateKeyFile");
            Objects.requireNonNull(privateKeyPassword, "privateKeyPassword");
        }

        @Override
        public String toString() {
            return certificateFile.equals(privateKeyFile)
                    ? certificateFile.toString() : certificateFile + " with " + privateKeyFile;
        }
    }

    /**
     * A key store.
     *
     * @param path its file
     * @param type {@code PKCS12}, {@code JKS} or another that the JVM knows
     * @param password of the store and of its keys
     * @param alias which key; absent: every key in it
     */
    record KeyStoreFile(Path path, String type, Optional<String> password, Optional<String> alias)
            implements KeyMaterial {

        /** Refuses nulls. */
        public KeyStoreFile {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(password, "password");
            Objects.requireNonNull(alias, "alias");
        }

        @Override
        public String toString() {
            return path + alias.map(name -> " (alias " + name + ")").orElse("");
        }
    }

    /**
     * A key and certificate made when they are first needed, and good for no one who checks.
     *
     * @param hostName the name in the certificate
     */
    record SelfSigned(String hostName) implements KeyMaterial {

        /** Refuses null. */
        public SelfSigned {
            Objects.requireNonNull(hostName, "hostName");
        }

        @Override
        public String toString() {
            return "self-signed certificate for " + hostName;
        }
    }

    /**
     * A context that the server manages, with keys, trust and parameters of its own. It must be the only key material.
     *
     * @param name its name in the server
     * @param context gives the context, null if there is none
     */
    record ServerContext(String name, Supplier<SSLContext> context) implements KeyMaterial {

        /** Refuses nulls. */
        public ServerContext {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(context, "context");
        }

        /**
         * A context by its name in the server. Key and trust stores that the server reads anew go into the same
         * context, so that it is looked up once.
         *
         * @param name its name: in WildFly, that of a {@code server-ssl-context} or {@code client-ssl-context} of the
         *     Elytron subsystem
         * @return the material, which has no context if the server has none of this name
         */
        public static ServerContext named(String name) {
            SSLContext found = ServerServices.sslContext(name).orElse(null);
            return new ServerContext(name, () -> found);
        }

        @Override
        public String toString() {
            return "SSL context " + name + " of the server";
        }
    }
}
