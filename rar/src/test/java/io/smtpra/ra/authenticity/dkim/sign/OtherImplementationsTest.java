package io.smtpra.ra.authenticity.dkim.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smtpra.MailContent;
import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.VerdictResult;
import io.smtpra.ra.authenticity.dkim.PublishedKeys;
import io.smtpra.ra.authenticity.dkim.SignatureVerifier;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.EdECPrivateKey;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Signatures of ours, and of implementations that are not ours, verified by all of them: of mails as they are sent, and
 * of what becomes of them on their way. Skipped where an implementation is not installed, unless {@code CI=true}.
 */
class OtherImplementationsTest {

    private static final String DOMAIN = "example.com";
    private static final KeyPair RSA = KeyPairs.RSA;
    private static final KeyPair ED25519 = KeyPairs.ED25519;

    /**
     * Of these dkimpy and Mail::DKIM think differently: dkimpy reads no header that is none, and leaves white space
     * before an end without a line end; Mail::DKIM adds no line end in the simple form (RFC 6376 section 3.4.3).
     */
    private static final List<String> DISPUTED = List.of("LINE_WITHOUT_COLON", "LAST_LINE_END_GONE");

    /** An implementation, as the distribution has it. */
    enum Other {
        DKIMPY("dkimpy.py", List.of("/usr/bin/python3"), List.of("-c", "import dkim, nacl")),
        MAIL_DKIM("mail-dkim.pl", List.of("/usr/bin/perl"), List.of("-MMail::DKIM", "-e", "1"));

        private final String script;
        private final List<String> interpreter;
        private final List<String> probe;

        Other(String script, List<String> interpreter, List<String> probe) {
            this.script = script;
            this.interpreter = interpreter;
            this.probe = probe;
        }

        void require() throws Exception {
            OtherImplementationsTest.require(toString(), Files.isExecutable(Path.of(interpreter.get(0)))
                    && start(Stream.concat(interpreter.stream(), probe.stream()).toList(), new byte[0]).status() == 0);
        }

        String run(Object... arguments) throws Exception {
            Path file = Path.of(OtherImplementationsTest.class.getResource("/dkim/" + script).toURI());
            Outcome outcome = start(Stream.of(interpreter.stream(), Stream.of(file.toString()),
                    Stream.of(arguments).map(Object::toString)).flatMap(part -> part).toList(), new byte[0]);
            assertThat(outcome.status()).as(outcome.output()).isZero();
            return outcome.output();
        }
    }

    private record Outcome(int status, String output) {}

    @TempDir
    private Path directory;
    private final PublishedKeys dns = new PublishedKeys()
            .with("r1._domainkey.example.com", KeyPairs.record(RSA))
            .with("e1._domainkey.example.com", KeyPairs.record(ED25519));

    @ParameterizedTest
    @EnumSource
    void whatWeSignTheyVerify(Other other) throws Exception {
        other.require();
        for (Map.Entry<String, String> mail : mails().entrySet()) {
            write(mail.getKey() + ".signed", signed(mail.getValue()));
        }
        Map<String, List<Boolean>> theirs = verifiedBy(other);
        assertThat(theirs).hasSameSizeAs(mails());
        // Mail::DKIM of this time knows no Ed25519.
        assertThat(theirs).allSatisfy((name, results) -> assertThat(results).as(name)
                .isEqualTo(other == Other.DKIMPY ? List.of(true, true) : List.of(true, false)));
    }

    @ParameterizedTest
    @CsvSource({
        "DKIMPY,    rsa-sha256,     relaxed/relaxed", "DKIMPY, rsa-sha256,     relaxed/simple",
        "DKIMPY,    rsa-sha256,     simple/relaxed",  "DKIMPY, rsa-sha256,     simple/simple",
        "DKIMPY,    ed25519-sha256, relaxed/relaxed", "DKIMPY, ed25519-sha256, simple/simple",
        "MAIL_DKIM, rsa-sha256,     relaxed/relaxed", "MAIL_DKIM, rsa-sha256,  relaxed/simple",
        "MAIL_DKIM, rsa-sha256,     simple/relaxed",  "MAIL_DKIM, rsa-sha256,  simple/simple",
    })
    void whatTheySignWeVerify(Other other, String algorithm, String form) throws Exception {
        other.require();
        boolean rsa = algorithm.startsWith("rsa");
        sign(other, algorithm, form);
        assertThat(ours()).hasSameSizeAs(mails()).allSatisfy((name, verdicts) -> {
            assertThat(verdicts).as(name).singleElement().satisfies(verdict -> {
                assertThat(verdict.reason()).isEmpty();
                assertThat(verdict.algorithm()).isEqualTo(algorithm);
                assertThat(verdict.keyBits()).hasValue(rsa ? 2_048 : 256);
            });
        });
    }

    @Test
    void whatTheySignUpToALengthWeNote() throws Exception {
        Other.DKIMPY.require();
        for (Map.Entry<String, String> mail : mails().entrySet()) {
            write(mail.getKey() + ".eml", mail.getValue());
        }
        Other.DKIMPY.run("sign", directory, DOMAIN, "r1", rsaFile(), "rsa-sha256", "relaxed/relaxed", "length");
        assertThat(ours()).allSatisfy((name, verdicts) -> assertThat(verdicts).as(name).singleElement()
                .matches(verdict -> verdict.signedBodyLength().isPresent()).matches(DkimVerdict::passed));
        for (String name : mails().keySet()) {
            write(name + ".signed", read(name + ".signed") + "and more\r\n");
        }
        assertThat(verifiedBy(Other.DKIMPY)).allSatisfy((name, results) -> assertThat(results).containsExactly(true));
        assertThat(ours()).allSatisfy((name, verdicts) -> assertThat(verdicts).as(name).singleElement()
                .satisfies(verdict -> assertThat(verdict.result()).isEqualTo(VerdictResult.POLICY)));
    }

    /** The tool of opendkim signs with SHA-1 to this day. */
    @Test
    void whatIsSignedWithSha1WeDoNotRelyOn() throws Exception {
        Path program = Path.of("/usr/sbin/opendkim-testmsg");
        require("opendkim-tools", Files.isExecutable(program));
        String mail = "Date: Fri, 11 Jul 2003 21:00:37 -0700\r\n" + mails().get("plain");
        Outcome outcome = start(List.of(program.toString(), "-C", "-d", DOMAIN, "-s", "r1", "-k",
                rsaFile().toString(), "-t", directory.toString()), octets(mail));
        assertThat(outcome.status()).as(outcome.output()).isZero();
        write("sha1.signed", outcome.output());
        assertThat(ours().get("sha1")).singleElement().satisfies(verdict -> {
            assertThat(verdict.algorithm()).isEqualTo("rsa-sha1");
            assertThat(verdict.result()).isEqualTo(VerdictResult.PERMERROR);
            assertThat(verdict.reason()).contains("rsa-sha1").contains("RFC 8301");
        });
    }

    /** What survives its way and what does not, all say alike; of each form of signing. */
    @ParameterizedTest
    @CsvSource({"relaxed/relaxed", "simple/simple", "relaxed/simple", "simple/relaxed"})
    void allAgreeOnWhatHasBeenChanged(String form) throws Exception {
        Other.DKIMPY.require();
        Other.MAIL_DKIM.require();
        sign(Other.DKIMPY, "rsa-sha256", form);
        compare(form);
    }

    @Test
    void allAgreeOnWhatHasBeenChangedOfWhatWeSign() throws Exception {
        Other.DKIMPY.require();
        Other.MAIL_DKIM.require();
        for (Map.Entry<String, String> mail : mails().entrySet()) {
            write(mail.getKey() + ".signed", signed(mail.getValue(), MailSigners.with(DOMAIN, "r1", RSA)));
        }
        compare("ours");
    }

    private void compare(String form) throws Exception {
        Map<String, String> signed = new LinkedHashMap<>();
        for (String name : mails().keySet()) {
            signed.put(name, read(name + ".signed"));
            Files.delete(directory.resolve(name + ".signed"));
        }
        for (Map.Entry<String, String> mail : signed.entrySet()) {
            for (MailChange change : MailChange.values()) {
                write(mail.getKey() + "-" + change + ".signed", change.of(mail.getValue()));
            }
        }
        Map<String, List<Boolean>> python = verifiedBy(Other.DKIMPY);
        Map<String, List<Boolean>> perl = verifiedBy(Other.MAIL_DKIM);
        Map<String, List<Boolean>> own = new TreeMap<>();
        // What we do not rely on for another reason is still signed as it should be.
        ours().forEach((name, verdicts) -> own.put(name, verdicts.stream().map(verdict -> verdict.passed()
                || verdict.result() == VerdictResult.POLICY).toList()));
        Map<String, String> differences = new TreeMap<>();
        own.forEach((name, results) -> {
            boolean asDkimpy = results.equals(python.get(name));
            boolean asMailDkim = results.equals(perl.get(name));
            if (!asDkimpy && !asMailDkim || !(asDkimpy && asMailDkim) && DISPUTED.stream().noneMatch(name::endsWith)) {
                differences.put(name, "ours " + results + ", dkimpy " + python.get(name) + ", Mail::DKIM "
                        + perl.get(name));
            }
        });
        assertThat(own).hasSize(signed.size() * MailChange.values().length);
        assertThat(own.values()).contains(List.of(true)).contains(List.of(false));
        assertThat(differences).as(form).isEmpty();
    }

    /** Mails as they are sent, and some that are not often. */
    private static Map<String, String> mails() throws IOException {
        Map<String, String> mails = new TreeMap<>();
        String header = "From: Jane <jane@example.com>\r\nTo: joe@example.org\r\nSubject: test\r\n";
        mails.put("plain", header + "\r\nHello.\r\n");
        mails.put("dots", header + "\r\n.\r\n..\r\n.dot\r\n");
        mails.put("no-body", header + "\r\n");
        mails.put("empty-lines", header + "\r\n\r\n\r\na\r\n\r\n \r\n\t\r\n\r\n");
        mails.put("white-space", header + "\r\n a  b\t\tc \t \r\n\t\r\nend \r\n");
        mails.put("long-lines", header + "\r\n" + ("x".repeat(998) + "\r\n").repeat(20));
        mails.put("eight-bit", header + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\n" + "Grüße aus Köln  \r\n".repeat(50));
        mails.put("utf8-header",
                "From: Jürgen <jane@example.com>\r\nTo: jürgen@example.org\r\nSubject: Grüße\r\n\r\nx\r\n");
        mails.put("folded", "From: Jane\r\n\t<jane@example.com>\r\n"
                + "Subject:\r\n  a  b\r\n \t c \r\nTo:joe@example.org,\r\n"
                + " jim@example.org\r\n\r\nx\r\n");
        mails.put("case", "FROM: jane@example.com\r\nsubject: a\r\ntO:  b@example.org \r\n\r\nx\r\n");
        mails.put("many", "Received: from a\r\nReceived: from b\r\n" + header + "To: second@example.org\r\nX-A: 1\r\n"
                + "Date: Fri, 11 Jul 2003 21:00:37 -0700\r\nMessage-ID: <1@example.com>\r\n\r\nx\r\n");
        mails.put("large", header + "\r\n" + "All work and no play makes Jack a dull boy.\r\n".repeat(10_000));
        mails.put("base64", header + "MIME-Version: 1.0\r\nContent-Type: application/pdf\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(new byte[100_000]) + "\r\n");
        return mails;
    }

    private static String signed(String mail) {
        return signed(mail, MailSigners.with(DOMAIN, "r1", RSA, "e1", ED25519));
    }

    private static String signed(String mail, MailSigner signer) {
        SigningPass pass = new SigningPass(signer, Clock.systemUTC());
        byte[] octets = octets(mail);
        for (int from = 0; from < octets.length; from += 1_000) {
            pass.add(octets, from, Math.min(octets.length, from + 1_000));
        }
        try {
            SignatureDraft draft = pass.end();
            byte[] signatures = draft.sign();
            assertThat(signatures).hasSize(draft.length());
            return new String(signatures, StandardCharsets.US_ASCII) + mail;
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sign(Other other, String algorithm, String form) throws Exception {
        for (Map.Entry<String, String> mail : mails().entrySet()) {
            write(mail.getKey() + ".eml", mail.getValue());
        }
        boolean rsa = algorithm.startsWith("rsa");
        other.run("sign", directory, DOMAIN, rsa ? "r1" : "e1", rsa ? rsaFile() : ed25519File(), algorithm, form);
    }

    private Map<String, List<Boolean>> verifiedBy(Other other) throws Exception {
        Files.writeString(directory.resolve("keys"), "r1._domainkey.example.com\t" + KeyPairs.record(RSA) + "\n"
                + "e1._domainkey.example.com\t" + KeyPairs.record(ED25519) + "\n");
        return other.run("verify", directory).lines().map(line -> line.split(" ")).collect(Collectors.toMap(
                words -> words[0], words -> Stream.of(words).skip(1).map(Boolean::valueOf).toList()));
    }

    private Map<String, List<DkimVerdict>> ours() throws IOException {
        Map<String, List<DkimVerdict>> verdicts = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".signed")).toList()) {
                verdicts.put(file.getFileName().toString().replace(".signed", ""),
                        new SignatureVerifier().check(MailContent.of(file), dns).join());
            }
        }
        return verdicts;
    }

    private Path rsaFile() throws IOException {
        return KeyPairs.write(RSA, directory.resolve("rsa.pem"));
    }

    /** As dkimpy has it: the seed in base64. */
    private Path ed25519File() throws IOException {
        return Files.writeString(directory.resolve("ed25519.key"), Base64.getEncoder().encodeToString(
                ((EdECPrivateKey) ED25519.getPrivate()).getBytes().orElseThrow()));
    }

    private void write(String name, String mail) throws IOException {
        Files.write(directory.resolve(name), octets(mail));
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private static byte[] octets(String mail) {
        return mail.getBytes(StandardCharsets.UTF_8);
    }

    private static void require(String what, boolean there) {
        if (!there && "true".equals(System.getenv("CI"))) {
            fail(what + " is not installed, and CI=true demands it");
        }
        assumeTrue(there, what + " is not installed");
    }

    private static Outcome start(List<String> command, byte[] input) throws Exception {
        Path output = Files.createTempFile("dkim", ".out");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException e) {
                // It ended without reading; its status tells.
            }
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                fail(command + " did not end");
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
