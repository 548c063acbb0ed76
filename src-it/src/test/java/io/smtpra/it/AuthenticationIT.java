package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** AUTH against a security domain of the server: the user calls the bean, with its roles. */
@ExtendWith(ArquillianExtension.class)
class AuthenticationIT {

    private static final String INBOX = "inbox@example.com";
    private static final Duration BOUND = Duration.ofSeconds(60);

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @BeforeAll
    static void deploy() throws Exception {
        MailUsers.setUp(WILDFLY);
        WILDFLY.table(MailUsers.CALLERS);
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(MailUsers.callers("callers.jar", Map.of("recipients", "*@example.com")));
    }

    @Test
    void userCallsTheBeanWithItsRolesForEachMailOfTheSession() throws Exception {
        try (SmtpLines client = SmtpLines.startTls(Ports.SUBMISSION)) {
            assertThat(client.authPlain(MailUsers.ALICE, MailUsers.ALICES_PASSWORD)).startsWith("235 2.7.0");
            assertThat(client.mail("alice@example.org", INBOX, "first")).startsWith("250 2.0.0");
            assertThat(client.mail("alice@example.org", INBOX, "second")).startsWith("250 2.0.0");
        }
        Map<String, String> alice = Map.of(
                "PRINCIPAL", "alice", "USER_NAME", "alice", "IN_ROLE", "true", "CALL", "called");
        assertThat(callers("first")).containsExactly(alice);
        assertThat(callers("second")).containsExactly(alice);
    }

    @Test
    void userWithoutTheRoleIsDeniedWhatNeedsIt() throws Exception {
        try (SmtpLines client = SmtpLines.implicit(Ports.SUBMISSIONS)) {
            assertThat(client.authPlain(MailUsers.BOB, MailUsers.BOBS_PASSWORD)).startsWith("235 2.7.0");
            assertThat(client.mail("bob@example.org", INBOX, "bob's")).startsWith("250 2.0.0");
        }
        assertThat(callers("bob''s")).containsExactly(Map.of(
                "PRINCIPAL", "bob", "USER_NAME", "bob", "IN_ROLE", "false", "CALL", "denied"));
    }

    @Test
    void nobodyFollowsAUserAsNobody() throws Exception {
        try (SmtpLines user = SmtpLines.startTls(Ports.SUBMISSION); SmtpLines nobody = SmtpLines.plain(Ports.SMTP)) {
            user.authPlain(MailUsers.ALICE, MailUsers.ALICES_PASSWORD);
            for (int i = 0; i < 20; i++) {
                assertThat(user.mail("alice@example.org", INBOX, "user's")).startsWith("250 ");
                assertThat(nobody.mail("server@example.org", INBOX, "nobody's")).startsWith("250 ");
            }
        }
        assertThat(callers("user''s")).hasSize(20).allMatch(row -> row.get("PRINCIPAL").equals("alice"));
        assertThat(callers("nobody''s")).hasSize(20).containsOnly(Map.of(
                "PRINCIPAL", "anonymous", "USER_NAME", "", "IN_ROLE", "false", "CALL", "denied"));
    }

    @Test
    void userCallsEachBeanOfAMailForTwo() throws Exception {
        WILDFLY.deploy(MailUsers.callers("others.jar", Map.of("recipients", "*@example.net")));
        try (SmtpLines client = SmtpLines.startTls(Ports.SUBMISSION)) {
            client.authPlain(MailUsers.ALICE, MailUsers.ALICES_PASSWORD);
            assertThat(client.mail("alice@example.org", INBOX + ",a@example.net", "for two")).startsWith("250 ");
        }
        assertThat(callers("for two")).hasSize(2).allMatch(row -> row.get("PRINCIPAL").equals("alice"))
                .allMatch(row -> row.get("CALL").equals("called"));
    }

    @Test
    void angusMailAuthenticates() throws Exception {
        String reply = Mails.send(Mails.message("alice@example.org", INBOX, "from Angus", "text"),
                Ports.SUBMISSION, MailUsers.ALICE, MailUsers.ALICES_PASSWORD);

        assertThat(reply).startsWith("250 2.0.0");
        assertThat(callers("from Angus")).extracting(row -> row.get("PRINCIPAL")).containsExactly("alice");
    }

    @Test
    void swaksAuthenticatesWithEachMechanism() {
        Tool.require("swaks");
        for (String mechanism : List.of("PLAIN", "LOGIN")) {
            Tool.Outcome outcome = Tool.run(BOUND, List.of("swaks", "--server", Ports.LOOPBACK, "--port",
                    String.valueOf(Ports.SUBMISSION), "--tls", "--auth", mechanism, "--auth-user", MailUsers.ALICE,
                    "--auth-password", MailUsers.ALICES_PASSWORD, "--from", "alice@example.org", "--to", INBOX,
                    "--header", "Subject: swaks " + mechanism));
            assertThat(outcome.status()).as(outcome.output()).isZero();
            assertThat(callers("swaks " + mechanism)).extracting(row -> row.get("PRINCIPAL")).containsExactly("alice");
        }
    }

    @Test
    void openSslAuthenticatesWithLogin() throws Exception {
        try (SmtpLines client = SmtpLines.openSsl(Ports.SUBMISSION)) {
            assertThat(client.say("AUTH LOGIN")).isEqualTo("334 " + SmtpLines.base64("Username:"));
            assertThat(client.say(SmtpLines.base64(MailUsers.ALICE))).isEqualTo("334 " + SmtpLines.base64("Password:"));
            assertThat(client.say(SmtpLines.base64(MailUsers.ALICES_PASSWORD))).startsWith("235 2.7.0");
            assertThat(client.mail("alice@example.org", INBOX, "by hand")).startsWith("250 2.0.0");
        }
        assertThat(callers("by hand")).extracting(row -> row.get("PRINCIPAL")).containsExactly("alice");
    }

    @Test
    void theAdapterComesUpWithTheServer() throws Exception {
        WILDFLY.reload();
        try (SmtpLines client = SmtpLines.startTls(Ports.SUBMISSION)) {
            assertThat(client.authPlain(MailUsers.ALICE, MailUsers.ALICES_PASSWORD)).startsWith("235 2.7.0");
            assertThat(client.mail("alice@example.org", INBOX, "after the reload")).startsWith("250 2.0.0");
        }
        assertThat(callers("after the reload")).extracting(row -> row.get("PRINCIPAL")).containsExactly("alice");
    }

    @Test
    void wrongPasswordAndUnknownUserLookTheSame() throws Exception {
        try (SmtpLines client = SmtpLines.startTls(Ports.SUBMISSION)) {
            String wrong = client.authPlain(MailUsers.ALICE, "wrong");
            String unknown = client.authPlain("nobody-of-this-name", "wrong");

            assertThat(wrong).startsWith("535 5.7.8");
            assertThat(unknown).isEqualTo(wrong);
            assertThat(client.say("MAIL FROM:<alice@example.org>")).startsWith("530 5.7.0");
        }
    }

    @Test
    void whoMayNotLogInLooksTheSameToo() throws Exception {
        try (SmtpLines client = SmtpLines.startTls(Ports.SUBMISSION)) {
            assertThat(client.authPlain(MailUsers.MALLORY, MailUsers.MALLORYS_PASSWORD))
                    .isEqualTo(client.authPlain(MailUsers.ALICE, "wrong")).startsWith("535 5.7.8");
        }
    }

    @Test
    void guessingEndsTheSession() throws Exception {
        try (SmtpLines client = SmtpLines.startTls(Ports.SUBMISSION)) {
            String reply = client.authPlain("guessed", "guess");
            for (int i = 0; i < 10 && reply.startsWith("535 "); i++) {
                reply = client.authPlain("guessed", "guess " + i);
            }
            assertThat(reply).startsWith("421 4.7.0");
        }
    }

    @Test
    void noPasswordBeforeTls() throws Exception {
        try (SmtpLines client = SmtpLines.plain(Ports.SUBMISSION)) {
            assertThat(client.say("EHLO client.example.org")).contains("STARTTLS").doesNotContain("AUTH");
            assertThat(client.authPlain(MailUsers.ALICE, MailUsers.ALICES_PASSWORD)).startsWith("538 5.7.11");
            assertThat(client.say("MAIL FROM:<alice@example.org>")).startsWith("530 5.7.0");
        }
    }

    @Test
    void noMailWithoutAuthentication() throws Exception {
        for (SmtpLines client : List.of(
                SmtpLines.startTls(Ports.SUBMISSION), SmtpLines.implicit(Ports.SUBMISSIONS))) {
            try (client) {
                assertThat(client.say("EHLO client.example.org")).contains("AUTH PLAIN LOGIN");
                assertThat(client.say("MAIL FROM:<alice@example.org>")).startsWith("530 5.7.0");
            }
        }
    }

    @Test
    void otherServersAreNotAsked() throws Exception {
        try (SmtpLines client = SmtpLines.startTls(Ports.SMTP)) {
            assertThat(client.say("EHLO client.example.org")).doesNotContain("AUTH");
            assertThat(client.authPlain(MailUsers.ALICE, MailUsers.ALICES_PASSWORD)).startsWith("502 ");
        }
    }

    private static List<Map<String, String>> callers(String subject) {
        return WILDFLY.query("select PRINCIPAL, USER_NAME, IN_ROLE, CALL from CALLER where SUBJECT = '" + subject
                + "'");
    }
}
