package io.smtpra.authenticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The record to publish, of keys as openssl and opendkim-genkey make them. */
class DkimRecordTest {

    @TempDir
    private Path directory;

    /** RFC 8463 section A.2. */
    @Test
    void theKeyOfTheRfcHasTheRecordOfTheRfc() throws Exception {
        Path key = directory.resolve("ed25519.pem");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n"
                + "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n");
        assertThat(DkimRecord.of("football.example.com", "brisbane", key)).isEqualTo(new DkimRecord(
                "brisbane._domainkey.football.example.com",
                "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="));
    }

    @ParameterizedTest
    @CsvSource({
        "genrsa -out key.pem 2048,                                                       rsa",
        "genrsa -traditional -out key.pem 2048,                                          rsa",
        "genpkey -algorithm ed25519 -out key.pem,                                        ed25519",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096 -out key.pem,              rsa",
    })
    void privateAndPublicKeyHaveTheSameRecord(String make, String kind) throws Exception {
        run("openssl", make.split(" "));
        run("openssl", "pkey", "-in", "key.pem", "-pubout", "-out", "public.pem");
        DkimRecord record = DkimRecord.of("Example.COM", "s1", directory.resolve("key.pem"));
        assertThat(record).isEqualTo(DkimRecord.of("example.com", "S1", directory.resolve("public.pem")));
        assertThat(record.name()).isEqualTo("s1._domainkey.example.com");
        assertThat(record.text()).startsWith("v=DKIM1; k=" + kind + "; p=");
        assertThat(record.zoneLine()).doesNotContain("\n").startsWith("s1._domainkey.example.com. IN TXT ( \"v=DKIM1;");
        assertThat(Stream.of(record.zoneLine().split("\"")).mapToInt(String::length)).allMatch(length -> length <= 255);
        assertThat(record.zoneLine().replaceAll("\" \"", "")).contains(record.text());
    }

    @Test
    void opendkimWritesTheSameRecord() throws Exception {
        run("opendkim-genkey", "-b", "2048", "-d", "example.com", "-s", "s1", "-D", directory.toString());
        String theirs = Files.readString(directory.resolve("s1.txt"));
        DkimRecord record = DkimRecord.of("example.com", "s1", directory.resolve("s1.private"));
        String key = theirs.replaceAll("[\"\\s]", "").replaceAll(".*;p=([^)]*)\\).*", "$1");
        assertThat(record.text()).endsWith("p=" + key);
    }

    @Test
    void whatItIsToldIsDoneOrExplained() throws Exception {
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", "key.pem");
        String key = directory.resolve("key.pem").toString();
        assertThat(said(0, "dkim-record", "example.com", "s1", key))
                .contains("s1._domainkey.example.com. IN TXT ( \"v=DKIM1; k=ed25519; p=", "name s1._domainkey");
        assertThat(said(2)).contains("Usage");
        assertThat(said(2, "dkim-records", "example.com", "s1", key)).contains("Usage");
        assertThat(said(1, "dkim-record", "example.com", "s1", key + "x")).contains("There is no file");
        assertThat(said(1, "dkim-record", "exa mple", "s1", key)).contains("This is no domain: 'exa mple'");
    }

    @Test
    void whatIsNoKeyIsRefused() throws Exception {
        run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ec.pem");
        run("openssl", "pkcs8", "-topk8", "-nocrypt", "-in", "ec.pem", "-out", "ec8.pem");
        Files.writeString(directory.resolve("none.pem"), "no key");
        assertThatThrownBy(() -> DkimRecord.of("example.com", "s1", directory.resolve("ec8.pem")))
                .hasMessageContaining("another kind than RSA and Ed25519");
        assertThatThrownBy(() -> DkimRecord.of("example.com", "s1", directory.resolve("none.pem")))
                .hasMessageContaining("BEGIN PRIVATE KEY");
    }

    private static String said(int status, String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(DkimRecordCommand.run(arguments, stream, stream)).isEqualTo(status);
        return said.toString(StandardCharsets.UTF_8);
    }

    private void run(String program, String... arguments) throws Exception {
        boolean there = Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!there && "true".equals(System.getenv("CI"))) {
            fail(program + " is not installed, and CI=true demands it");
        }
        assumeTrue(there, program + " is not installed");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(program), Stream.of(arguments)).toList())
                .directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile());
        builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(directory.resolve("said"))).isZero();
    }
}
