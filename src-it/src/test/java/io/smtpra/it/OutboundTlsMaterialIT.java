package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.SenderServlet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A connection factory that shows a certificate of its own to a next hop that insists on one, and checks the other's.
 */
@ExtendWith(ArquillianExtension.class)
class OutboundTlsMaterialIT {

    private static final Path SCRIPTS = Path.of("src", "test", "resources");

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @TempDir
    private Path folder;
    private Pki pki;

    @BeforeEach
    void setUp() {
        pki = Pki.in(folder);
        WILDFLY.property("smtpra.relay.tls", "required");
        WILDFLY.property("smtpra.relay.certificate.check", "chain");
    }

    @Test
    void showsTheCertificateOfItsFilesAndReadsANewOne() throws Exception {
        Pki.Issued own = pki.issue("our own");
        WILDFLY.property("smtpra.relay.certificate.file", own.certificate().toString());
        WILDFLY.property("smtpra.relay.private.key.file", own.key().toString());
        WILDFLY.property("smtpra.relay.trusted.certificates.file", pki.authority().toString());

        assertSent("from files", "CN=our own");
        assertThat(WILDFLY.bean("io.smtpra:type=Certificates,*", "Certificates")).singleElement().asString()
                .contains("CN=our own, issued by CN=smtp-ra tests");
    }

    @Test
    void showsTheCertificateOfAContextOfTheServer() throws Exception {
        // The server's paths are its own: what it needs lies where its configuration says.
        WILDFLY.property("it.client.store", pki.issue("the server's").store().toString());
        WILDFLY.property("it.client.trust", pki.trustStore().toString());
        WILDFLY.script(SCRIPTS.resolve("client-ssl.cli"), SCRIPTS.resolve("client-ssl-away.cli"));
        WILDFLY.property("smtpra.relay.certificate.check", "");
        WILDFLY.property("smtpra.relay.ssl.context", "MailClient");

        assertSent("from a context", "CN=the server's");
    }

    @Test
    void showsNoneWithoutOne() throws Exception {
        WILDFLY.property("smtpra.relay.trusted.certificates.file", pki.authority().toString());
        deploy();
        try (SmtpPeer peer = SmtpPeer.withStartTls(pki.context(pki.issue("peer"))).askingForCertificates()) {
            assertThat(send("without")).startsWith("SmtpException in ");
            assertThat(peer.mails()).isEmpty();
        }
    }

    private void assertSent(String subject, String shown) throws Exception {
        deploy();
        try (SmtpPeer peer = SmtpPeer.withStartTls(pki.context(pki.issue("peer"))).askingForCertificates()) {
            assertThat(send(subject)).isEqualTo("SENT TLSv1.3");
            assertThat(peer.awaitMail().content()).contains("Subject: " + subject);
            assertThat(peer.shown()).containsExactly(shown);
        }
    }

    private static void deploy() throws Exception {
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(Archives.web("sender.war", Archives.RAR, SenderServlet.class));
    }

    private static String send(String subject) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Mails.message("author@example.com", "reader@example.org", subject, "Hello\r\n").writeTo(octets);
        return WILDFLY.request("/sender/send?transaction=none", octets.toString(StandardCharsets.UTF_8));
    }
}
