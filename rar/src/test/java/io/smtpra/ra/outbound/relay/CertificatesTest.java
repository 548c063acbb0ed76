package io.smtpra.ra.outbound.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.ClientTlsConfig;
import io.smtpra.ra.tls.material.TestPki;
import io.smtpra.ra.tls.material.TrustMaterial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = directory.resolve("trusted.pem");
        trust("one", 1);
    }

    @Test
    void otherMaterialIsAnotherGeneration() throws Exception {
        Certificates certificates = new Certificates(Set.of(tls()), Duration.ZERO);
        int first = certificates.generation();
        assertThat(certificates.generation()).isEqualTo(first);

        trust("two", 2);
        int second = certificates.generation();
        assertThat(second).isNotEqualTo(first);
        assertThat(certificates.generation()).isEqualTo(second);
    }

    @Test
    void materialThatCannotBeUsedChangesNothing() throws Exception {
        Certificates certificates = new Certificates(Set.of(tls()), Duration.ZERO);
        int first = certificates.generation();
        Files.writeString(file, "not a certificate");
        assertThat(certificates.generation()).isEqualTo(first);
    }

    @Test
    void theFilesAreLookedAtNowAndThenOnly() throws Exception {
        Certificates certificates = new Certificates(Set.of(tls()), Duration.ofHours(1));
        int first = certificates.generation();
        trust("two", 2);
        assertThat(certificates.generation()).isEqualTo(first);
        assertThat(new Certificates(Set.of(), Duration.ZERO).generation()).isZero();
    }

    private ClientTls tls() throws Exception {
        return ClientTls.open(new ClientTlsConfig(CertificateCheck.CHAIN,
                Optional.of(new TrustMaterial.TrustedPem(file)), false, Optional.empty(), List.of(), List.of()));
    }

    private void trust(String name, long modifiedAt) throws Exception {
        Files.writeString(file, TestPki.pem(TestPki.authority(name).root().chain().get(0)));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(modifiedAt)));
    }
}
