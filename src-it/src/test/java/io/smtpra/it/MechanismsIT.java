package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM and tokens: what the security domain itself is asked, because security inflow has no words for it. */
@ExtendWith(ArquillianExtension.class)
class MechanismsIT {

    private static final Path SCRIPTS = Path.of("src", "test", "resources");
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @TempDir
    static Path folder;
    private static Pki pki;
    private static KeyPair issuer;

    @BeforeAll
    static void deploy() throws Exception {
        pki = Pki.in(folder);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        issuer = generator.generateKeyPair();
        String key = Base64.getMimeEncoder().encodeToString(issuer.getPublic().getEncoded());
        WILDFLY.property("it.token.key", "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----");
        WILDFLY.script(SCRIPTS.resolve("tokens.cli"), SCRIPTS.resolve("tokens-away.cli"));
        Pki.Issued own = pki.issue("localhost");
        WILDFLY.property("smtpra.certificate.file", own.certificate().toString());
        WILDFLY.property("smtpra.private.key.file", own.key().toString());
        WILDFLY.property("smtpra.security.domain", MailUsers.DOMAIN);
        WILDFLY.property("smtpra.submission.port", String.valueOf(Ports.SUBMISSION));
        WILDFLY.property("smtpra.auth.mechanisms", "SCRAM-SHA-256, OAUTHBEARER, XOAUTH2");
        WILDFLY.table(MailUsers.CALLERS);
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(MailUsers.callers("callers.jar", Map.of("recipients", "*@example.com")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "sally"})
    void gnuSaslProvesAPassword(String user) {
        Tool.require("gsasl");
        Tool.Outcome outcome = gsasl(user, "wonder land");
        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(WILDFLY.log().await("authenticated peer=.* mechanism=SCRAM-SHA-256 user=" + user)).contains("INFO");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGoTheSameWay() {
        Tool.require("gsasl");
        for (String user : List.of("alice", "nobody")) {
            Tool.Outcome outcome = gsasl(user, "wrong");
            assertThat(outcome.status()).isNotZero();
            // The refusal comes after the proof, not after the name.
            assertThat(outcome.output()).as(user).containsPattern("(?s)334 .*535 5\\.7\\.8");
        }
    }

    /** One has a password in clear, the other one that is salted in its own way: nobody looks like one of them. */
    @Test
    void unknownUsersCannotBeToldFromThoseWhoAreThere() throws Exception {
        Set<String> known = Set.of(form(salt("alice")), form(salt("sally")));
        assertThat(known).hasSize(2);
        Set<String> unknown = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            unknown.add(form(salt("nobody" + i)));
        }
        assertThat(unknown).isEqualTo(known);
        assertThat(salt("nobody")).isEqualTo(salt("nobody")).isNotEqualTo(salt("another"));
    }

    /** How long the salt is, and how often it was hashed. */
    private static String form(String salt) {
        return salt.length() + salt.substring(salt.indexOf(",i="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAUTHBEARER", "XOAUTH2"})
    void curlSendsWithAToken(String mechanism) throws Exception {
        Tool.require("curl");
        Tool.Outcome outcome = curl(mechanism, "alice", token("alice", Duration.ofMinutes(5)));
        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(WILDFLY.query("select PRINCIPAL, USER_NAME from CALLER where SUBJECT = 'by " + mechanism + "'"))
                .containsExactly(Map.of("PRINCIPAL", "alice", "USER_NAME", "alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAUTHBEARER", "XOAUTH2"})
    void aTokenThatIsNotGoodIsRefused(String mechanism) throws Exception {
        Tool.require("curl");
        String good = token("alice", Duration.ofMinutes(5));
        String old = token("alice", Duration.ofMinutes(-5));
        assertThat(curl(mechanism, "alice", old).output()).as("expired").contains("535");
        assertThat(curl(mechanism, "bob", good).output()).as("another's").contains("535");
        assertThat(curl(mechanism, "alice", good + "x").output()).as("not signed").contains("535");
    }

    private static Tool.Outcome gsasl(String user, String password) {
        return Tool.run(BOUND, List.of("gsasl", "--smtp", "--connect=localhost:" + Ports.SUBMISSION, "--starttls",
                "--x509-ca-file=" + pki.authority(), "--no-cb", "--mechanism=SCRAM-SHA-256",
                "--authentication-id=" + user, "--password=" + password, "--hostname=localhost",
                "--service=smtp", "--verbose"));
    }

    private static String salt(String user) throws Exception {
        try (SmtpLines client = SmtpLines.startTls(Ports.SUBMISSION)) {
            String challenge = client.say("AUTH SCRAM-SHA-256 " + SmtpLines.base64("n,,n=" + user + ",r=abcdefghijkl"));
            assertThat(challenge).startsWith("334 ");
            String text = new String(Base64.getDecoder().decode(challenge.substring(4)), StandardCharsets.UTF_8);
            return text.substring(text.indexOf(",s="));
        }
    }

    private static Tool.Outcome curl(String mechanism, String user, String token) throws Exception {
        Path mail = Files.writeString(folder.resolve("mail.txt"), "Subject: by " + mechanism + "\r\n\r\ntext\r\n");
        return Tool.run(BOUND, List.of("curl", "--silent", "--show-error", "--verbose", "--ssl-reqd",
                "--cacert", pki.authority().toString(), "--url", "smtp://localhost:" + Ports.SUBMISSION,
                "--user", user, "--oauth2-bearer", token, "--login-options", "AUTH=" + mechanism,
                "--mail-from", "alice@example.org", "--mail-rcpt", "inbox@example.com",
                "--upload-file", mail.toString()));
    }

    /** A JSON web token (RFC 7519), signed with RS256. */
    private static String token(String subject, Duration life) throws GeneralSecurityException {
        String header = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
        String claims = encoded("""
                {"iss":"https://issuer.example.test","aud":"smtp-ra","sub":"%s","exp":%d}"""
                .formatted(subject, Instant.now().plus(life).getEpochSecond()));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(issuer.getPrivate());
        signature.update((header + "." + claims).getBytes(StandardCharsets.US_ASCII));
        return header + "." + claims + "." + URL.encodeToString(signature.sign());
    }

    private static String encoded(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
