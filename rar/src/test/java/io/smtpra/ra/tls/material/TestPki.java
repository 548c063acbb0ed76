package io.smtpra.ra.tls.material;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.GeneralName;
import org.wildfly.security.x500.cert.BasicConstraintsExtension;
import org.wildfly.security.x500.cert.SubjectAlternativeNamesExtension;
import org.wildfly.security.x500.cert.X509CertificateBuilder;
import org.wildfly.security.x500.cert.X509CertificateExtension;

/** Keys, certificates and a certificate authority for tests, made anew each time. */
public final class TestPki {

    private TestPki() {
    }

    /**
     * A key with its chain.
     *
     * @param key the private key
     * @param chain its certificate first, the authority's last
     */
    public record Issued(PrivateKey key, List<X509Certificate> chain) {

        /** The certificate that the key belongs to. */
        public X509Certificate certificate() {
            return chain.get(0);
        }

        /** Writes the chain and returns the file. */
        public Path chainFile(Path file) throws IOException {
            return Files.writeString(file, chain.stream().map(TestPki::pem).collect(Collectors.joining()));
        }

        /** Writes the key as PKCS#8 and returns the file. */
        public Path keyFile(Path file) throws IOException {
            return Files.writeString(file, block("PRIVATE KEY", key.getEncoded()));
        }

        /** Writes both as NAME.crt and NAME.key. */
        public KeyMaterial.PemFiles pemFiles(Path directory, String name) throws IOException {
            return new KeyMaterial.PemFiles(chainFile(directory.resolve(name + ".crt")),
                    keyFile(directory.resolve(name + ".key")), java.util.Optional.empty());
        }

        /** Puts both into a store. */
        public void putInto(KeyStore store, String alias, String password) throws GeneralSecurityException {
            store.setKeyEntry(alias, key, password.toCharArray(), chain.toArray(X509Certificate[]::new));
        }
    }

    /** What to issue. */
    public static final class Request {

        private String keyAlgorithm = "EC";
        private String subject = "CN=mail.example.com";
        private List<String> dnsNames = List.of();
        private ZonedDateTime notBefore = ZonedDateTime.now().minusDays(2);
        private ZonedDateTime notAfter = ZonedDateTime.now().plusDays(90);
        private boolean authority;
        private X509CertificateExtension extension;

        /** A host's certificate. */
        public static Request host(String... dnsNames) {
            Request request = new Request();
            request.dnsNames = List.of(dnsNames);
            request.subject = "CN=" + dnsNames[0];
            return request;
        }

        /** Somebody's certificate. */
        public static Request subject(String name) {
            Request request = new Request();
            request.subject = name;
            return request;
        }

        /** RSA in place of EC. */
        public Request rsa() {
            keyAlgorithm = "RSA";
            return this;
        }

        /** When it is valid. */
        public Request valid(ZonedDateTime from, ZonedDateTime to) {
            notBefore = from;
            notAfter = to;
            return this;
        }

        /** One more extension. */
        public Request with(X509CertificateExtension more) {
            extension = more;
            return this;
        }
    }

    /** An authority. */
    public record Authority(Issued root) {

        /** Issues a certificate for a new key. */
        public Issued issue(Request request) throws GeneralSecurityException {
            return TestPki.issue(request, root);
        }

        /** Writes the authority's certificate and returns the file. */
        public Path file(Path file) throws IOException {
            return Files.writeString(file, pem(root.certificate()));
        }

        /** The file as trust material. */
        public TrustMaterial trust(Path file) throws IOException {
            return new TrustMaterial.TrustedPem(file(file));
        }
    }

    /** A new authority. */
    public static Authority authority(String name) throws GeneralSecurityException {
        Request request = Request.subject("CN=" + name);
        request.authority = true;
        return new Authority(issue(request, null));
    }

    /** A certificate that no one vouches for. */
    public static Issued selfSigned(Request request) throws GeneralSecurityException {
        return issue(request, null);
    }

    /** A PEM block. */
    public static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    /** A certificate as PEM. */
    public static String pem(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An empty key store. */
    public static KeyStore emptyStore(String type) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        return store;
    }

    /** Runs a command to its end and returns what it wrote; it must succeed. */
    public static String run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(Arrays.toString(command) + ": " + output);
        }
        return output;
    }

    private static Issued issue(Request request, Issued issuer) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(request.keyAlgorithm);
        generator.initialize(request.keyAlgorithm.equals("EC") ? 256 : 2048);
        KeyPair pair = generator.generateKeyPair();
        PrivateKey signer = issuer == null ? pair.getPrivate() : issuer.key();
        X500Principal subject = new X500Principal(request.subject);
        X509CertificateBuilder builder = new X509CertificateBuilder()
                .setSubjectDn(subject)
                .setIssuerDn(issuer == null ? subject : issuer.certificate().getSubjectX500Principal())
                .setSerialNumber(BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)))
                .setNotValidBefore(request.notBefore)
                .setNotValidAfter(request.notAfter)
                .setPublicKey(pair.getPublic())
                .setSigningKey(signer)
                .setSignatureAlgorithmName(signer.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA")
                .addExtension(new BasicConstraintsExtension(true, request.authority, -1));
        if (!request.dnsNames.isEmpty()) {
            builder.addExtension(new SubjectAlternativeNamesExtension(false, request.dnsNames.stream()
                    .<GeneralName>map(GeneralName.DNSName::new).toList()));
        }
        if (request.extension != null) {
            builder.addExtension(request.extension);
        }
        List<X509Certificate> chain = Stream.concat(Stream.of(builder.build()),
                issuer == null ? Stream.empty() : issuer.chain().stream()).toList();
        return new Issued(pair.getPrivate(), chain);
    }
}
