package io.smtpra.ra.authenticity.dkim.sign;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.authenticity.dkim.HeaderFields;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that change while they are in use; the kind of a file of keys is told by {@code SignedMailTest}. */
class SigningKeysTest {

    @TempDir
    private Path directory;

    @Test
    void aNewKeyIsUsedAndABrokenOneLeavesTheFormer() throws Exception {
        Path file = KeyPairs.write(KeyPairs.RSA, directory.resolve("key.pem"));
        SigningKeys keys = SigningKeys.open(new KeyFiles.OneDomain("example.com",
                List.of(new KeyFiles.KeyFile("s1", file))), Duration.ZERO);
        assertThat(signer(keys, "a@example.com")).get().satisfies(signer ->
                assertThat(signer.keys().get(0).key()).isEqualTo(KeyPairs.RSA.getPrivate()));
        Files.writeString(file, "half a key");
        changed(file, 1);
        assertThat(signer(keys, "a@example.com")).get().satisfies(signer ->
                assertThat(signer.keys().get(0).key()).isEqualTo(KeyPairs.RSA.getPrivate()));
        KeyPairs.write(KeyPairs.ED25519, file);
        changed(file, 2);
        assertThat(signer(keys, "a@example.com")).get().satisfies(signer ->
                assertThat(signer.keys().get(0).key()).isEqualTo(KeyPairs.ED25519.getPrivate()));
    }

    @Test
    void aDomainThatComesOrGoesIsSeen() throws Exception {
        Path first = KeyPairs.write(KeyPairs.RSA, directory.resolve("example.com/s1.pem"));
        SigningKeys keys = SigningKeys.open(new KeyFiles.Directory(directory), Duration.ZERO);
        assertThat(signer(keys, "a@example.org")).isEmpty();
        Path second = KeyPairs.write(KeyPairs.ED25519, directory.resolve("example.org/s2.pem"));
        assertThat(signer(keys, "a@example.org")).map(MailSigner::domain).contains("example.org");
        KeyPairs.write(KeyPairs.RSA, directory.resolve("example.org/s3.pem"));
        assertThat(signer(keys, "a@sub.example.org").map(signer -> signer.keys().size())).contains(2);
        Files.delete(first);
        assertThat(signer(keys, "a@example.com")).isEmpty();
        Files.delete(second);
        assertThat(signer(keys, "a@example.org").map(signer -> signer.keys().get(0).selector())).contains("s3");
    }

    /** Until the interval is over, what was seen last counts. */
    @Test
    void theFilesAreNotLookedAtForEachMail() throws Exception {
        KeyPairs.write(KeyPairs.RSA, directory.resolve("example.com/s1.pem"));
        SigningKeys keys = SigningKeys.open(new KeyFiles.Directory(directory));
        KeyPairs.write(KeyPairs.RSA, directory.resolve("example.org/s1.pem"));
        assertThat(signer(keys, "a@example.org")).isEmpty();
    }

    private static void changed(Path file, int seconds) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
    }

    private static Optional<MailSigner> signer(SigningKeys keys, String author) {
        byte[] octets = ("From: " + author + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        HeaderFields header = new HeaderFields();
        header.add(octets, 0, octets.length);
        return keys.signer(header);
    }
}
