package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.DefaultMailServlet;
import io.smtpra.it.app.SendingBySessionBean;
import java.io.IOException;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Applications that use the Session that each server has, {@code java:jboss/mail/Default}, send through the adapter by
 * commands of docs/session.md, which are run as they stand there.
 */
class DefaultMailSessionIT {

    private static final Document DOCUMENT = Document.read("session.md");

    private SmtpPeer peer;

    @BeforeEach
    void startThePeer() throws IOException {
        peer = SmtpPeer.plain();
    }

    @AfterEach
    void endThePeer() throws IOException {
        peer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"### Another name for the adapter's", "### The name itself"})
    void anApplicationSendsWithItsTransaction(String heading) throws Exception {
        try (CrashingServer server = new CrashingServer("default-mail")) {
            server.start("-Dsmtpra.relay.port=" + Ports.RELAY);
            server.script(DOCUMENT.script(heading));
            server.deploy(Archives.rar());
            server.deploy(application());

            assertThat(WildFly.request(server.httpPort(), "/application/send", "rollback")).isEqualTo("done");
            assertThat(WildFly.request(server.httpPort(), "/application/send", "commit")).isEqualTo("done");
            assertThat(MailApplication.subjects(peer)).containsExactly("commit");

            // And so it is after a restart, in whichever order the server starts what is deployed.
            server.kill();
            server.start("-Dsmtpra.relay.port=" + Ports.RELAY);
            assertThat(WildFly.request(server.httpPort(), "/application/send", "again")).isEqualTo("done");
            assertThat(MailApplication.subjects(peer)).containsExactly("commit", "again");
        }
    }

    @Test
    void whereTheAdapterIsALayerTheServersSessionSendsThroughItAndNothingElseChanges() throws Exception {
        try (CrashingServer server =
                new CrashingServer("default-mail-of-layer", Path.of(System.getProperty("it.wildfly.with.layer")))) {
            server.start("-Dsmtpra.relay.port=" + Ports.RELAY, FeaturePackIT.MAILBOX_ASIDE);
            server.script(DOCUMENT.script("### All Sessions of the server"));
            server.deploy(ShrinkWrap.create(JavaArchive.class, "sessions.jar")
                    .addClasses(SendingBySessionBean.class)
                    .addPackages(false, path -> path.get().matches(".*/(Plain)?MailClient(\\$\\d+)?\\.class"),
                            SendingBySessionBean.class.getPackage()));

            assertThat(Mails.send(Mails.message("you@example.org", "inbox@example.com", "Hello", "Both"),
                    server.smtpPort())).startsWith("250 2.0.0");
            Await.until("both mails", () -> peer.mails().size() == 2);
            assertThat(MailApplication.subjects(peer)).containsExactly("by the server's", "by the adapter's");
            // In one transaction, and so in one session with the next hop.
            assertThat(peer.commands()).filteredOn(command -> command.startsWith("EHLO")).hasSize(1);
        }
    }

    private static WebArchive application() {
        return ShrinkWrap.create(WebArchive.class, "application.war").addClass(DefaultMailServlet.class)
                .addPackages(false, path -> path.get().matches(".*/(Plain)?MailClient(\\$\\d+)?\\.class"),
                        DefaultMailServlet.class.getPackage());
    }
}
