package io.smtpra.ra.tls.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.server.ServerTls;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as the openssl command writes them, in each of its formats. */
class PrivateKeyFormatsTest {

    private static final String RSA = "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out plain.key";
    private static final String EC = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out plain.key";
    private static final String EC_384 = "openssl ecparam -name secp384r1 -genkey -out plain.key";
    private static final String ED25519 = "openssl genpkey -algorithm ED25519 -out plain.key";
    private static final String CERTIFY =
            "openssl req -new -x509 -days 30 -subj /CN=mail.example.com -key plain.key -out a.crt";
    private static final String SAME = "cp plain.key a.key";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {
        RSA + ";" + SAME,
        RSA + "; openssl rsa -traditional -in plain.key -out a.key",
        EC + ";" + SAME,
        EC + "; openssl ec -in plain.key -out a.key",
        EC_384 + ";" + SAME,
        ED25519 + ";" + SAME,
        RSA + "; openssl pkcs8 -topk8 -passout pass:secret -in plain.key -out a.key",
        EC + "; openssl pkcs8 -topk8 -passout pass:secret -in plain.key -out a.key",
        EC + "; openssl pkcs8 -topk8 -v2 aes128 -v2prf hmacWithSHA512 -passout pass:secret -in plain.key -out a.key",
        EC + "; openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -passout pass:secret -in plain.key -out a.key",
    })
    void isRead(String commands) throws Exception {
        run(commands);
        assertThat(ServerTls.open(ServerTlsConfig.of(material("secret"))).expires()).isPresent();
    }

    @Test
    void chainAndKeyMayShareAFile() throws Exception {
        run(EC + ";" + SAME);
        Path both = Files.writeString(directory.resolve("both.pem"), "Issued for example.com\n"
                + Files.readString(directory.resolve("a.key")) + Files.readString(directory.resolve("a.crt")));
        assertThat(ServerTls.open(ServerTlsConfig.of(new KeyMaterial.PemFiles(both, both, Optional.empty()))).expires())
                .isPresent();
    }

    @Test
    void passwordsThatAreWrongOrMissing() throws Exception {
        run(EC + "; openssl pkcs8 -topk8 -passout pass:secret -in plain.key -out a.key");
        assertFault("wrong", "privateKeyPassword", "this is not the password of the private key in ");
        assertFault(null, "privateKeyPassword", "is encrypted: set its password");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        RSA + "; openssl rsa -traditional -aes256 -passout pass:secret -in plain.key -out a.key",
        EC + "; openssl ec -aes256 -passout pass:secret -in plain.key -out a.key",
    })
    void opensslsOwnEncryptionIsRefusedWithTheWayOut(String commands) throws Exception {
        run(commands);
        assertFault("secret", "privateKeyFile", "openssl pkcs8 -topk8 -v2 aes256 -in " + directory.resolve("a.key"));
        run("openssl pkcs8 -topk8 -v2 aes256 -in a.key -out b.key "
                + "-passin pass:secret -passout pass:secret; mv b.key a.key");
        assertThat(ServerTls.open(ServerTlsConfig.of(material("secret"))).expires()).isPresent();
    }

    @Test
    void encryptionUnknownToTheJvmIsRefusedWithTheWayOut() throws Exception {
        run(EC + "; openssl pkcs8 -topk8 -scrypt -passout pass:secret -in plain.key -out a.key");
        assertFault("secret", "privateKeyFile", "convert it with: openssl pkcs8 -topk8 -v2 aes256");
    }

    private void run(String commands) throws Exception {
        for (String command : commands.split(";")) {
            TestPki.run(directory, command.trim().split(" "));
        }
        TestPki.run(directory, CERTIFY.split(" "));
    }

    private KeyMaterial.PemFiles material(String password) {
        return new KeyMaterial.PemFiles(
                directory.resolve("a.crt"), directory.resolve("a.key"), Optional.ofNullable(password));
    }

    private void assertFault(String password, String property, String reason) {
        TlsConfigurationException fault = catchThrowableOfType(TlsConfigurationException.class,
                () -> ServerTls.open(ServerTlsConfig.of(material(password))));
        assertThat(fault).isNotNull();
        assertThat(fault.property()).isEqualTo(property);
        assertThat(fault.reason()).contains(reason);
    }
}
