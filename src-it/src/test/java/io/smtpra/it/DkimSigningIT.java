package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.authenticity.DkimRecord;
import io.smtpra.it.app.MailerServlet;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What leaves is signed with DKIM, whichever way an application sends it; dkimpy of the distribution verifies it. */
@ExtendWith(ArquillianExtension.class)
class DkimSigningIT {

    /** Says of each signature whether it is good; the mail comes in, a key is an argument. */
    private static final String VERIFY = """
            import sys, dkim
            mail = sys.stdin.buffer.read()
            keys = dict(argument.split(' ', 1) for argument in sys.argv[1:])
            for index in range(mail.count(b'DKIM-Signature:')):
                print(dkim.DKIM(mail).verify(index, dnsfunc=lambda name, timeout=5:
                    keys[name.decode().rstrip('.')].encode()))
            """;
    private static final String SETTINGS = "create.tables=true\npoll.interval=200ms\nreturn.path=bounce@example.com\n";

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    @TempDir
    private Path directory;
    private SmtpPeer peer;
    private String[] published;

    @BeforeEach
    void open() throws Exception {
        ClientTool.require("dkimverify");
        Path rsa = directory.resolve("rsa.pem");
        Path ed25519 = directory.resolve("ed25519.pem");
        ClientTool.run("", "openssl", "genrsa", "-out", rsa.toString(), "2048").succeeded();
        ClientTool.run("", "openssl", "genpkey", "-algorithm", "ed25519", "-out", ed25519.toString()).succeeded();
        published = new String[] {published("r1", rsa), published("e1", ed25519)};
        WILDFLY.property("smtpra.relay.dkim.domain", "example.com");
        WILDFLY.property("smtpra.relay.dkim.selector", "r1,e1");
        WILDFLY.property("smtpra.relay.dkim.key.file", rsa + "," + ed25519);
        peer = SmtpPeer.plain();
    }

    @AfterEach
    void close() throws Exception {
        peer.close();
    }

    @Test
    void aMailerSignsAtOnceInATransactionAndThroughTheQueue() throws Exception {
        WILDFLY.deploy(Archives.rar());
        WILDFLY.dropQueue();
        WILDFLY.deploy(application());
        for (String how : List.of("send", "send&end=commit", "queue&end=commit")) {
            int before = peer.mails().size();
            WILDFLY.request("/mailer/mail?how=" + how, "");
            Await.until("the mail of " + how, () -> peer.mails().size() == before + 1);
            String mail = peer.mails().get(before).octets();
            assertThat(mail).as(how).contains("a=rsa-sha256", "a=ed25519-sha256", "d=example.com");
            assertThat(verified(mail)).as(how).containsExactly("True", "True");
            assertThat(verified(mail.replace("Subject: ", "Subject: not "))).as(how).containsExactly("False", "False");
        }
    }

    @Test
    void aKeyThatIsNotThereFailsTheDeploymentWithOneMessage() throws Exception {
        Files.delete(directory.resolve("rsa.pem"));
        assertThat(WILDFLY.deployInVain(Archives.rar())).isNotEmpty();
        WILDFLY.log().await("'dkimKeyFile'");
        WILDFLY.log().await("the file does not exist");
    }

    private static WebArchive application() {
        return ShrinkWrap.create(WebArchive.class, "mailer.war").addClass(MailerServlet.class)
                .addAsWebInfResource(new StringAsset(""), "beans.xml")
                .addAsLibrary(new File(System.getProperty("it.queue")))
                .addAsResource(new StringAsset(SETTINGS), "META-INF/smtp-ra-queue.properties")
                .addAsManifestResource(
                        new StringAsset("Dependencies: deployment.smtp-ra.rar services\n"), "MANIFEST.MF");
    }

    private static String published(String selector, Path key) throws Exception {
        DkimRecord record = DkimRecord.of("example.com", selector, key);
        return record.name() + " " + record.text();
    }

    private List<String> verified(String mail) throws Exception {
        return ClientTool.run(mail, "/usr/bin/python3", "-c", VERIFY, published[0], published[1])
                .succeeded().output().lines().toList();
    }
}
