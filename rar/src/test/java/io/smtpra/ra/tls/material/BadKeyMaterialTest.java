package io.smtpra.ra.tls.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.material.KeyMaterial.KeyStoreFile;
import io.smtpra.ra.tls.material.KeyMaterial.PemFiles;
import io.smtpra.ra.tls.material.TestPki.Issued;
import io.smtpra.ra.tls.material.TestPki.Request;
import io.smtpra.ra.tls.server.ClientCertificates;
import io.smtpra.ra.tls.server.ServerTls;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that can be wrong with key and trust material, the property it is blamed on, and what is said of it. */
class BadKeyMaterialTest {

    private static TestPki.Authority authority;
    private static Issued good;

    @TempDir
    Path directory;

    @BeforeAll
    static void issue() throws Exception {
        authority = TestPki.authority("Test CA");
        good = authority.issue(Request.host("mail.example.com"));
    }

    @Test
    void absentFiles() throws Exception {
        Path absent = directory.resolve("absent.pem");
        assertFault(pem(absent, key()), "certificateFile", absent, "the file does not exist");
        assertFault(pem(chain(), absent), "privateKeyFile", absent, "the file does not exist");
        assertFault(store(absent, "PKCS12", "x", null), "keyStorePath", absent, "the file does not exist");
    }

    @Test
    void aDirectory() throws Exception {
        assertFault(pem(directory, key()), "certificateFile", directory, "this is a directory, not a file");
    }

    @Test
    void aFileTooLarge() throws Exception {
        Path file = Files.write(directory.resolve("large.pem"), new byte[(4 << 20) + 1]);
        assertFault(pem(file, key()), "certificateFile", file, "the file is larger than 4 MiB");
    }

    @Test
    void noCertificateInTheFile() throws Exception {
        assertFault(pem(key(), key()), "certificateFile", key(), "there is no certificate in the file");
    }

    @Test
    void aDamagedCertificate() throws Exception {
        Path file = Files.writeString(directory.resolve("bad.crt"), TestPki.block("CERTIFICATE", new byte[] {1, 2, 3}));
        assertFault(pem(file, key()), "certificateFile", file, "a certificate in the file can't be read");
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----");
        assertFault(pem(file, key()), "certificateFile", file, "the block CERTIFICATE is not base64");
    }

    @Test
    void noKeyInTheFile() throws Exception {
        assertFault(pem(chain(), chain()), "privateKeyFile", chain(), "there is no private key in the file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
    void aDamagedKey(String label) throws Exception {
        Path file = Files.writeString(directory.resolve("bad.key"),
                TestPki.block(label, new byte[] {0x30, 3, 2, 1, 0}));
        assertFault(new PemFiles(chain(), file, Optional.of("secret")), "privateKeyFile", file,
                "the private key is damaged");
    }

    @Test
    void aKeyOfAnUnknownKind() throws Exception {
        Path file = Files.writeString(directory.resolve("dsa.key"), TestPki.block("DSA PRIVATE KEY", new byte[] {1}));
        assertFault(pem(chain(), file), "privateKeyFile", file, "a key of the kind DSA PRIVATE KEY is not supported");
    }

    @Test
    void aKeyThatDoesNotMatch() throws Exception {
        Path other = TestPki.selfSigned(Request.host("mail.example.com")).keyFile(directory.resolve("other.key"));
        assertFault(pem(chain(), other), "privateKeyFile", other,
                "the key does not match the certificate in " + chain() + " (CN=mail.example.com)");
        Path rsa = TestPki.selfSigned(Request.host("mail.example.com").rsa()).keyFile(directory.resolve("rsa.key"));
        assertFault(pem(chain(), rsa), "privateKeyFile", rsa, "the key does not match the certificate");
    }

    @Test
    void aChainThatBeginsWithTheIssuer() throws Exception {
        Path file = Files.writeString(directory.resolve("order.crt"),
                TestPki.pem(good.chain().get(1)) + TestPki.pem(good.chain().get(0)));
        assertFault(pem(file, key()), "certificateFile", file, "the host's own certificate must be the first");
    }

    @Test
    void anExpiredCertificate() throws Exception {
        ZonedDateTime now = ZonedDateTime.now();
        Issued expired = authority.issue(Request.host("old.example.com").valid(now.minusDays(9), now.minusHours(1)));
        PemFiles files = expired.pemFiles(directory, "old");
        assertFault(files, "certificateFile", files.certificateFile(),
                "the certificate (CN=old.example.com) has expired: it was valid until ");
        Path store = write("PKCS12", "secret", "old", expired);
        assertFault(store(store, "PKCS12", "secret", null), "keyStorePath", store, "has expired");
    }

    @Test
    void aCertificateNotYetValid() throws Exception {
        ZonedDateTime now = ZonedDateTime.now();
        Issued early = authority.issue(Request.host("new.example.com").valid(now.plusHours(1), now.plusDays(9)));
        PemFiles files = early.pemFiles(directory, "new");
        assertFault(files, "certificateFile", files.certificateFile(), "is not valid before ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void keyStorePasswords(String type) throws Exception {
        Path file = write(type, "secret", "mail", good);
        assertFault(store(file, type, "wrong", null), "keyStorePassword", "", "this is not the password of " + file);
        assertFault(store(file, type, null, null), "keyStorePassword", "", file + " is encrypted: set its password");
        assertDoesNotThrow(() -> ServerTls.open(ServerTlsConfig.of(store(file, type, "secret", "mail"))));
    }

    @Test
    void keyStoreFaults() throws Exception {
        Path file = write("PKCS12", "secret", "mail", good);
        assertFault(store(file, "PKCS12", "secret", "male"), "keyAlias", "male",
                "there is no private key of this name in " + file + ", only [mail]");
        assertFault(store(file, "WORD", "secret", null), "keyStoreType", "WORD", "the JVM does not know this type");
        Path text = Files.writeString(directory.resolve("text.p12"), "text");
        assertFault(store(text, "PKCS12", "secret", null), "keyStorePath", text,
                "this is not a key store of type PKCS12");
        Path empty = write("PKCS12", "secret", null, null);
        assertFault(store(empty, "PKCS12", "secret", null), "keyStorePath", empty,
                "there is no private key in the key store");
    }

    @Test
    void aServersContextThatIsNotThere() {
        KeyMaterial absent = new KeyMaterial.ServerContext("mail", () -> null);
        assertFault(absent, "sslContext", "mail", "the server has no SSL context of this name");
        assertFault(catchThrowableOfType(TlsConfigurationException.class, () -> ClientTls.open(new ClientTlsConfig(
                CertificateCheck.CHAIN, Optional.empty(), false, Optional.of(absent), List.of(), List.of()))),
                "sslContext", "mail", "the server has no SSL context of this name");
    }

    @Test
    void aServersContextBesideOtherMaterial() {
        assertFault(ServerTlsConfig.of(new KeyMaterial.SelfSigned("a.example"),
                new KeyMaterial.ServerContext("mail", () -> null)), "sslContext", "mail",
                "can't be combined with other key material");
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.1,                              , tlsProtocols, allowed: TLSv1.3, TLSv1.2",
        "SSLv3,                                , tlsProtocols, allowed: TLSv1.3, TLSv1.2",
        "TLSv1.2, TLS_SAFE                     , tlsCiphers  , no such cipher suite here",
        "TLSv1.2, ECDHE-RSA-AES256-GCM-SHA384  , tlsCiphers  , no such cipher suite here",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_NULL_SHA  , tlsCiphers  , no such cipher suite here",
        "TLSv1.2, TLS_ECDH_anon_WITH_RC4_128_SHA, tlsCiphers , no such cipher suite here",
    })
    void parameters(String protocol, String suite, String property, String reason) {
        List<String> suites = suite == null ? List.of() : List.of(suite);
        ServerTlsConfig config = new ServerTlsConfig(List.of(new KeyMaterial.SelfSigned("mail.example.com")),
                ClientCertificates.NONE, Optional.empty(), false, List.of(protocol), suites, Duration.ofSeconds(9),
                TlsProvider.JDK);
        assertFault(config, property, suite == null ? protocol : suite, reason);
        assertFault(catchThrowableOfType(TlsConfigurationException.class, () -> ClientTls.open(new ClientTlsConfig(
                CertificateCheck.NONE, Optional.empty(), false, Optional.empty(), List.of(protocol), suites))),
                property, suite == null ? protocol : suite, reason);
    }

    @Test
    void trustMaterial() throws Exception {
        Path absent = directory.resolve("absent.pem");
        assertTrustFault(new TrustMaterial.TrustedPem(absent), "trustedCertificatesFile", absent, "does not exist");
        assertTrustFault(new TrustMaterial.TrustedPem(key()), "trustedCertificatesFile", key(),
                "there is no certificate");
        Path store = write("PKCS12", "secret", null, null);
        assertTrustFault(new TrustMaterial.TrustStoreFile(store, "PKCS12", Optional.of("secret")), "trustStorePath",
                store, "there is no trusted certificate in it");
        assertTrustFault(new TrustMaterial.TrustStoreFile(store, "PKCS12", Optional.of("wrong")), "trustStorePassword",
                "", "this is not the password of " + store);
        assertTrustFault(new TrustMaterial.TrustStoreFile(store, "P12", Optional.empty()), "trustStoreType", "P12",
                "the JVM does not know this type");
    }

    @Test
    void secretsAreNotShown() {
        assertThat(List.of(new PemFiles(Path.of("a"), Path.of("b"), Optional.of("geheim")),
                new KeyStoreFile(Path.of("a"), "JKS", Optional.of("geheim"), Optional.of("b")),
                new TrustMaterial.TrustStoreFile(Path.of("a"), "JKS", Optional.of("geheim"))).toString())
                .doesNotContain("geheim");
    }

    private Path chain() throws Exception {
        return good.chainFile(directory.resolve("good.crt"));
    }

    private Path key() throws Exception {
        return good.keyFile(directory.resolve("good.key"));
    }

    private Path write(String type, String password, String alias, Issued issued) throws Exception {
        KeyStore store = TestPki.emptyStore(type);
        if (issued != null) {
            issued.putInto(store, alias, password);
        }
        Path file = directory.resolve(type + alias);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    private static PemFiles pem(Path certificate, Path key) {
        return new PemFiles(certificate, key, Optional.empty());
    }

    private static KeyStoreFile store(Path path, String type, String password, String alias) {
        return new KeyStoreFile(path, type, Optional.ofNullable(password), Optional.ofNullable(alias));
    }

    private static void assertTrustFault(TrustMaterial trust, String property, Object value, String reason) {
        assertFault(catchThrowableOfType(TlsConfigurationException.class, () -> ClientTls.open(new ClientTlsConfig(
                CertificateCheck.CHAIN, Optional.of(trust), false, Optional.empty(), List.of(), List.of()))),
                property, value, reason);
    }

    private static void assertFault(KeyMaterial material, String property, Object value, String reason) {
        assertFault(ServerTlsConfig.of(material), property, value, reason);
    }

    private static void assertFault(ServerTlsConfig config, String property, Object value, String reason) {
        assertFault(catchThrowableOfType(TlsConfigurationException.class, () -> ServerTls.open(config)),
                property, value, reason);
    }

    private static void assertFault(TlsConfigurationException fault, String property, Object value, String reason) {
        assertThat(fault).isNotNull();
        assertThat(fault.property()).isEqualTo(property);
        assertThat(fault.value()).isEqualTo(value.toString());
        assertThat(fault.reason()).contains(reason);
        assertThat(fault).hasMessageStartingWith(property).hasMessageContaining(reason);
    }
}
