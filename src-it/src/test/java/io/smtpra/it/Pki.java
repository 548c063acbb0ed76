package io.smtpra.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of the tests, made anew for each class with {@code openssl}. */
final class Pki {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String PASSWORD = "changeit";

    private final Path folder;

    private Pki(Path folder) {
        this.folder = folder;
    }

    /** What was issued: a chain and a key as PEM, and both in a store. */
    record Issued(Path certificate, Path key, Path store) {

        static String password() {
            return PASSWORD;
        }

        X509Certificate read() {
            try (InputStream in = Files.newInputStream(certificate)) {
                return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        KeyManager[] keyManagers() {
            try (InputStream in = Files.newInputStream(store)) {
                KeyStore keys = KeyStore.getInstance("PKCS12");
                keys.load(in, PASSWORD.toCharArray());
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(keys, PASSWORD.toCharArray());
                return factory.getKeyManagers();
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static Pki in(Path folder) {
        Tool.require("openssl");
        Pki pki = new Pki(folder);
        pki.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90",
                "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=smtp-ra tests",
                "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign");
        return pki;
    }

    /** The authority's own certificate. */
    Path authority() {
        return folder.resolve("ca.pem");
    }

    /** A certificate for a new EC key, named as given and good for {@code localhost}. */
    Issued issue(String commonName) {
        return issue(commonName, 90, "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    }

    Issued issue(String commonName, int days) {
        return issue(commonName, days, "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    }

    Issued issueRsa(String commonName) {
        return issue(commonName, 90, "rsa:2048");
    }

    private Issued issue(String commonName, int days, String... kind) {
        try {
            Path own = Files.createTempDirectory(folder, "issued");
            Path extensions = Files.writeString(own.resolve("extensions"), """
                    basicConstraints=critical,CA:FALSE
                    keyUsage=critical,digitalSignature
                    extendedKeyUsage=serverAuth,clientAuth
                    subjectAltName=DNS:localhost,IP:127.0.0.1
                    crlDistributionPoints=URI:http://crl.example.test/ca.crl
                    """);
            List<String> request = new ArrayList<>(List.of("req", "-newkey"));
            request.addAll(List.of(kind));
            request.addAll(List.of("-nodes", "-keyout", own + "/key.pem", "-out", own + "/request.pem",
                    "-subj", "/CN=" + commonName));
            openssl(request.toArray(String[]::new));
            openssl("x509", "-req", "-in", own + "/request.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                    "-days", String.valueOf(days), "-extfile", extensions.toString(), "-out", own + "/certificate.pem");
            openssl("pkcs12", "-export", "-in", own + "/certificate.pem", "-inkey", own + "/key.pem", "-name", "own",
                    "-passout", "pass:" + PASSWORD, "-out", own + "/store.p12");
            return new Issued(own.resolve("certificate.pem"), own.resolve("key.pem"), own.resolve("store.p12"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A store with the authority's certificate. */
    Path trustStore() {
        Path store = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            trusted().store(out, PASSWORD.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore trusted() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(authority())) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            return trusted;
        }
    }

    /** A TLS context of a server that shows this certificate and trusts the authority. */
    SSLContext context(Issued own) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.keyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void openssl(String... arguments) {
        List<String> command = Stream.concat(Stream.of("openssl"), Stream.of(arguments))
                .map(word -> word.startsWith("ca.") ? folder.resolve(word).toString() : word).toList();
        Tool.Outcome outcome = Tool.run(BOUND, command);
        if (outcome.status() != 0) {
            throw new AssertionError(command + ":\n" + outcome.output());
        }
    }
}
