package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that show a certificate: asked for port by port, seen by the bean, and a user of the server with EXTERNAL.
 */
@ExtendWith(ArquillianExtension.class)
class ClientCertificateIT {

    private static final String INBOX = "inbox@example.com";

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @TempDir
    static Path folder;
    private static Pki pki;

    @BeforeAll
    static void deploy() throws Exception {
        pki = Pki.in(folder);
        MailUsers.setUp(WILDFLY);
        WILDFLY.property("smtpra.trusted.certificates.file", pki.authority().toString());
        WILDFLY.property("smtpra.submission.client.certificates", "request");
        WILDFLY.property("smtpra.submission.auth.mechanisms", "EXTERNAL, PLAIN");
        WILDFLY.property("smtpra.submissions.client.certificates", "require");
        WILDFLY.property("smtpra.submissions.auth.mechanisms", "EXTERNAL");
        WILDFLY.property("smtpra.certificate.roles", "mailer");
        WILDFLY.table(MailUsers.CALLERS);
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(MailUsers.callers("callers.jar", Map.of("recipients", "*@example.com")));
    }

    @Test
    void theCertificateIsTheUser() throws Exception {
        Pki.Issued carol = pki.issue("carol");
        try (SmtpLines client = SmtpLines.startTls(Ports.SUBMISSION, carol.keyManagers())) {
            assertThat(client.say("EHLO client.example.org")).contains("AUTH EXTERNAL PLAIN");
            assertThat(client.say("AUTH EXTERNAL =")).startsWith("235 2.7.0");
            assertThat(client.mail("carol@example.org", INBOX, "asked")).startsWith("250 2.0.0");
        }
        try (SmtpLines client = SmtpLines.implicit(Ports.SUBMISSIONS, carol.keyManagers())) {
            assertThat(client.say("AUTH EXTERNAL " + SmtpLines.base64("carol"))).startsWith("235 2.7.0");
            assertThat(client.mail("carol@example.org", INBOX, "required")).startsWith("250 2.0.0");
        }
        for (String subject : List.of("asked", "required")) {
            assertThat(WILDFLY.query(
                    "select PRINCIPAL, USER_NAME, IN_ROLE, CALL, CERTIFICATE from CALLER where SUBJECT = '" + subject
                    + "'"))
                    .containsExactly(Map.of(
                            "PRINCIPAL", "carol", "USER_NAME", "carol", "IN_ROLE", "true", "CALL", "called",
                            "CERTIFICATE", "CN=carol"));
        }
    }

    @Test
    void aStrangersCertificateIsNobodyAndAnothersNameRefused() throws Exception {
        Pki strangers = Pki.in(Files.createDirectory(folder.resolve("strangers")));
        try (SmtpLines client = SmtpLines.startTls(Ports.SUBMISSION, strangers.issue("alice").keyManagers())) {
            assertThat(client.say("EHLO client.example.org")).contains("AUTH PLAIN").doesNotContain("EXTERNAL");
            assertThat(client.say("AUTH EXTERNAL =")).startsWith("504 5.5.4");
            assertThat(client.authPlain(MailUsers.ALICE, MailUsers.ALICES_PASSWORD)).startsWith("235 ");
        }
        try (SmtpLines client = SmtpLines.startTls(Ports.SUBMISSION, pki.issue("carol").keyManagers())) {
            assertThat(client.say("AUTH EXTERNAL " + SmtpLines.base64("alice"))).startsWith("535 5.7.8");
        }
    }

    @Test
    void eachPortAsksInItsOwnWay() throws Exception {
        assertThatThrownBy(() -> SmtpLines.implicit(Ports.SUBMISSIONS)).isInstanceOf(IOException.class);
        try (SmtpLines client = SmtpLines.startTls(Ports.SUBMISSION)) {
            assertThat(client.say("EHLO client.example.org")).contains("AUTH PLAIN").doesNotContain("EXTERNAL");
        }
        try (SmtpLines client = SmtpLines.startTls(Ports.SMTP)) {
            assertThat(client.say("EHLO client.example.org")).doesNotContain("AUTH");
        }
    }
}
