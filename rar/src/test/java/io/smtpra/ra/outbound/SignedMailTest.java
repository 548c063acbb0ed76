package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SmtpConnection;
import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.Verdict;
import io.smtpra.authenticity.VerdictResult;
import io.smtpra.ra.authenticity.dkim.PublishedKeys;
import io.smtpra.ra.authenticity.dkim.SignatureVerifier;
import io.smtpra.ra.authenticity.dkim.sign.KeyPairs;
import io.smtpra.ra.telemetry.Moved;
import io.smtpra.ra.telemetry.Statistic;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.resource.spi.InvalidPropertyException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection factory with keys for DKIM sends, as the next hop has it. */
class SignedMailTest {

    private static final String BINARY_PEER =
            "250-peer.example.com\r\n250-CHUNKING\r\n250-BINARYMIME\r\n250 8BITMIME";

    private final PublishedKeys dns = new PublishedKeys()
            .with("r1._domainkey.example.com", KeyPairs.record(KeyPairs.RSA))
            .with("e1._domainkey.example.com", KeyPairs.record(KeyPairs.ED25519));
    @TempDir
    private Path directory;
    private Outbound outbound;

    @BeforeEach
    void open() throws Exception {
        outbound = new Outbound();
        outbound.managedFactory.setDkimDomain("example.com");
        outbound.managedFactory.setDkimSelector("r1, e1");
        outbound.managedFactory.setDkimKeyFile(KeyPairs.write(KeyPairs.RSA, directory.resolve("rsa.pem")) + ", "
                + KeyPairs.write(KeyPairs.ED25519, directory.resolve("ed25519.pem")));
    }

    @AfterEach
    void close() throws Exception {
        assertThat(outbound.held()).as("held octets and files").isZero();
        outbound.close();
    }

    @Test
    void eachKeyMakesASignatureOfItsOwn() throws Exception {
        send(Outbound.message("hello"));
        assertThat(verdicts()).extracting(DkimVerdict::algorithm).containsExactly("rsa-sha256", "ed25519-sha256");
        assertThat(passing()).extracting(Verdict::domain).containsExactly("example.com", "example.com");
        assertThat(signingCounted()).isEqualTo(Map.of(Statistic.DKIM_SIGNED, 1L));
        assertThat(received())
                .startsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n d=example.com; s=r1;")
                .doesNotContain("l=")
                .satisfies(mail -> assertThat(mail.lines()).allMatch(line -> line.length() <= 78));
        assertThat(verdicts().get(0).signedHeaders())
                .contains("from", "to", "cc", "reply-to", "subject", "content-type", "date", "message-id");
    }

    @Test
    void theLengthThatIsToldIsThatOfTheSignedMail() throws Exception {
        outbound.peer.ehlo("250-peer.example.com\r\n250-SIZE\r\n250 8BITMIME");
        send(Outbound.message("hello"));
        assertThat(outbound.peer.commands()).anyMatch(command -> command.endsWith(" SIZE=" + received().length()));
    }

    /** Whether it fits into a window or not, by DATA and by BDAT, with dots and without a last line end. */
    @ParameterizedTest
    @CsvSource({"10, true", "10, false", "5000, true", "5000, false"})
    void aMailOfAnyLengthIsSigned(int lines, boolean chunking) throws Exception {
        outbound.managedFactory.setChunking(Boolean.toString(chunking));
        outbound.peer.ehlo(BINARY_PEER);
        send("From: a@example.com\nSubject: lines\n\n" + ".dots  and\tspaces \n".repeat(lines) + "\n\nno end");
        assertThat(passing()).hasSize(2);
    }

    /** RFC 6376 section 5.3: a relay behind the next hop may not take them. */
    @Test
    void octetsAbove127AreEncodedBeforeTheMailIsSignedThoughTheNextHopTakesThem() throws Exception {
        outbound.peer.ehlo(BINARY_PEER);
        send("From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n");
        assertThat(received()).contains("\r\nGr=C3=BC=C3=9Fe\r\n").contains("quoted-printable");
        assertThat(passing()).hasSize(2);
    }

    @Test
    void octetsAbove127StayWhereTheyMustAndAreSigned() throws Exception {
        outbound.peer.ehlo(BINARY_PEER);
        send("From: a@example.com\r\nDKIM-Signature: v=1; h=from; d=other.example.com\r\n\r\nGrüße\r\n");
        assertThat(received()).contains("\r\nGr\u00c3\u00bc\u00c3\u009fe\r\n");
        assertThat(verdicts()).extracting(Verdict::result)
                .containsExactly(VerdictResult.PASS, VerdictResult.PASS, VerdictResult.NEUTRAL);
    }

    @Test
    void whatIsBinaryIsEncodedAndSigned() throws Exception {
        outbound.peer.ehlo(BINARY_PEER);
        Envelope envelope = Envelope.from("a@example.com").to("to@example.org").bodyType(BodyType.BINARY_MIME).build();
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(envelope, MailContent.of(("From: a@example.com\r\nMIME-Version: 1.0\r\n"
                    + "Content-Type: image/x\r\n"
                    + "Content-Transfer-Encoding: binary\r\n\r\n\0\n\r\u00ff").getBytes(StandardCharsets.ISO_8859_1)));
        }
        assertThat(received()).contains("\r\nAAoN");
        assertThat(passing()).hasSize(2);
    }

    @Test
    void headersInUtf8AreSignedAsTheyLeave() throws Exception {
        for (String peer : List.of(BINARY_PEER, BINARY_PEER.replace("8BITMIME", "SMTPUTF8"))) {
            outbound.close();
            open();
            outbound.peer.ehlo(peer);
            send("From: Jürgen <a@example.com>\r\nSubject: Grüße\r\n\r\nx\r\n");
            assertThat(passing()).hasSize(2);
        }
    }

    @Test
    void whatComesInPartsIsSigned() throws Exception {
        MimeMultipart parts = new MimeMultipart();
        for (String text : List.of("grün ", "ÿ".repeat(2_000), "plain")) {
            MimeBodyPart part = new MimeBodyPart();
            part.setText(text, "utf-8");
            parts.addBodyPart(part);
        }
        MimeMessage message = Outbound.message("parts");
        message.setContent(parts);
        send(message);
        assertThat(passing()).hasSize(2);
    }

    /** What a bean forwards keeps the signature that it came with. */
    @Test
    void aForwardedMailKeepsItsSignaturesAndGetsOurs() throws Exception {
        send(Outbound.message("hello"));
        String first = received();
        outbound.close();
        open();
        outbound.managedFactory.setDkimSelector("r1");
        outbound.managedFactory.setDkimKeyFile(directory.resolve("rsa.pem").toString());
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(Outbound.envelope("next@example.net"), new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(first.getBytes(StandardCharsets.ISO_8859_1))));
        }
        assertThat(received()).endsWith(first);
        assertThat(passing()).hasSize(3);
    }

    @Test
    void aMailThatWaitsForItsTransactionIsSignedWhenItGoes() throws Exception {
        outbound.close();
        Outbound joining = Outbound.joining(3);
        outbound = joining;
        joining.managedFactory.setDkimDomain("example.com");
        joining.managedFactory.setDkimSelector("r1,e1");
        joining.managedFactory.setDkimKeyFile(directory.resolve("rsa.pem") + "," + directory.resolve("ed25519.pem"));
        joining.peer.ehlo(BINARY_PEER);
        try (SmtpConnection connection = joining.connection()) {
            joining.pool.transactions().manager().begin();
            connection.send(Outbound.message("one"));
            connection.send(Outbound.message("two"));
            assertThat(joining.peer.mails()).isEmpty();
            joining.pool.transactions().manager().commit();
        }
        assertThat(joining.peer.mails()).hasSize(2).allSatisfy(mail -> assertThat(verdicts(mail.octets()))
                .extracting(Verdict::result).containsExactly(VerdictResult.PASS, VerdictResult.PASS));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Subject: no author\r\n\r\nx\r\n", "From: a@example.com\r\nFrom: b@example.com\r\n\r\nx\r\n"})
    void nobodyVouchesForAMailWithoutOneAuthor(String mail) throws Exception {
        send(mail);
        assertThat(received()).isEqualTo(mail);
        assertThat(signingCounted()).isEqualTo(Map.of(Statistic.DKIM_UNSIGNED, 1L));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "a@example.com,                       example.com",
        "Jane <A@EXAMPLE.com>,                example.com",
        "a@mail.example.com,                  example.com",
        "a@news.example.com,                  news.example.com",
        "'a@bücher.example',                  xn--bcher-kva.example",
        "'\"b@example.com\" <a@example.org>', -",
        "a@example,                           -",
        "nobody,                              -",
    })
    void aDirectoryHasASignerForEachDomain(String author, String domain) throws Exception {
        fromDirectory();
        KeyPairs.write(KeyPairs.RSA, directory.resolve("keys/example.com/r1.pem"));
        KeyPairs.write(KeyPairs.ED25519, directory.resolve("keys/example.com/e1.pem"));
        KeyPairs.write(KeyPairs.RSA, directory.resolve("keys/news.example.com/r1.pem"));
        KeyPairs.write(KeyPairs.RSA, directory.resolve("keys/bücher.example/r1.pem"));
        Files.createDirectories(directory.resolve("keys/..data"));
        Files.writeString(directory.resolve("keys/example.com/README"), "not a key");
        dns.with("r1._domainkey.news.example.com", KeyPairs.record(KeyPairs.RSA))
                .with("r1._domainkey.xn--bcher-kva.example", KeyPairs.record(KeyPairs.RSA));
        outbound.peer.ehlo(BINARY_PEER.replace("8BITMIME", "SMTPUTF8"));
        send("From: " + author + "\r\n\r\nx\r\n");
        assertThat(verdicts()).allMatch(Verdict::passed).extracting(Verdict::domain).containsOnly(
                domain == null ? new String[0] : new String[] {domain});
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "dkimDomain,    \"\",             dkimDomain",
        "dkimDomain,    exa mple,         dkimDomain",
        "dkimSelector,  r1,               dkimSelector",
        "dkimSelector,  \"r1,r1\",        dkimSelector",
        "dkimSelector,  \"r1,e:1\",       dkimSelector",
        "dkimKeyFile,   \"\",             dkimKeyFile",
        "dkimKeyFile,   \"/none,/none\",  the file does not exist",
        "dkimKeyFile,   \"short,short\",  an RSA key must have 1024 to 4096 bits",
        "dkimKeyFile,   \"ec,ec\",        \"DKIM knows RSA and Ed25519 keys alone, not EC\"",
        "dkimDirectory, /tmp,             \"dkimDirectory\"",
    })
    void whatIsWrongFailsTheDeployment(String property, String value, String message) throws Exception {
        KeyPairs.write(KeyPairs.rsa(512), directory.resolve("short"));
        KeyPairs.write(java.security.KeyPairGenerator.getInstance("EC").generateKeyPair(), directory.resolve("ec"));
        String set = value.replaceAll("\\b(short|ec)\\b", directory + "/$1");
        SmtpManagedConnectionFactory.class.getMethod("set" + property.replaceFirst("d", "D"), String.class)
                .invoke(outbound.managedFactory, set);
        assertThatThrownBy(outbound::factory).isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining(message).hasMessageContaining(property);
    }

    @Test
    void aDirectoryWithoutKeysFailsTheDeployment() throws Exception {
        fromDirectory();
        assertThatThrownBy(outbound::factory).hasMessageContaining("dkimDirectory");
        Files.createDirectories(directory.resolve("keys/example.com"));
        assertThatThrownBy(outbound::factory).hasMessageContaining("there is no key in it")
                .hasMessageContaining("example.com/s1.pem");
        KeyPairs.write(KeyPairs.RSA, directory.resolve("keys/not a domain/r1.pem"));
        assertThatThrownBy(outbound::factory).hasMessageContaining("its name is no domain");
    }

    private Map<Statistic, Long> signingCounted() {
        Map<Statistic, Long> moved = new HashMap<>(Moved.counters(outbound.telemetry));
        moved.keySet().removeIf(statistic -> !statistic.name().startsWith("DKIM_"));
        return moved;
    }

    private void fromDirectory() {
        outbound.managedFactory.setDkimDomain("");
        outbound.managedFactory.setDkimSelector("");
        outbound.managedFactory.setDkimKeyFile("");
        outbound.managedFactory.setDkimDirectory(directory.resolve("keys").toString());
    }

    private void send(MimeMessage message) throws Exception {
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(message);
        }
    }

    private void send(String octets) throws Exception {
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(Outbound.envelope("to@example.org"),
                    MailContent.of(octets.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private String received() {
        assertThat(outbound.peer.mails()).hasSize(1);
        return outbound.peer.mails().get(0).octets();
    }

    private List<DkimVerdict> passing() throws Exception {
        List<DkimVerdict> verdicts = verdicts();
        assertThat(verdicts).allSatisfy(verdict -> assertThat(verdict.reason()).isEmpty());
        assertThat(verdicts).allMatch(Verdict::passed);
        return verdicts;
    }

    private List<DkimVerdict> verdicts() throws Exception {
        return verdicts(received());
    }

    private List<DkimVerdict> verdicts(String mail) throws Exception {
        return new SignatureVerifier().check(
                MailContent.of(mail.getBytes(StandardCharsets.ISO_8859_1)), dns).join();
    }
}
