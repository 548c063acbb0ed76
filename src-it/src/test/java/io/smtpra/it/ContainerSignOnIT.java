package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The server names the user who signs on to the next hop, a Postfix that relays to strangers for users alone. */
@ExtendWith(ArquillianExtension.class)
class ContainerSignOnIT {

    private static final Path RESOURCES = Path.of("src/test/resources");

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    @TempDir
    private static Path folder;

    private static Postfix postfix;

    @BeforeAll
    static void start() throws Exception {
        assumeFalse(WILDFLY.wantsReload(), "until its reload the server starts nothing that its subsystem is given");
        TestAuthority authority = new TestAuthority(folder, "Test Authority");
        Path certificate = authority.issue("localhost", "DNS:localhost");
        postfix = Postfix.start(certificate, authority.certificate(), Map.of(Ports.RELAY, ""));
        WILDFLY.script(RESOURCES.resolve("sign-on.cli"), RESOURCES.resolve("sign-on-away.cli"));
        WILDFLY.deploy(Archives.rarForSubsystem());
        WILDFLY.deploy(RelayArchive.application());
    }

    @AfterAll
    static void stop() throws IOException {
        if (postfix != null) {
            postfix.close();
        }
    }

    @Test
    void theServerNamesTheUser() {
        List<String> receipt = send("by the server", "to=stranger@example.net");

        assertThat(receipt).contains("state SENT", "to stranger@example.net 250");
        postfix.awaitLog("sasl_username=app@example.com");
    }

    /** Connectors 2.1 section 9.2: with container-managed sign-on the application has no say in it. */
    @Test
    void theServerNamesTheUserWhomeverTheApplicationNames() {
        assertThat(send("named twice", "to=reader@example.org", "user=somebody", "password=wrong"))
                .contains("state SENT");

        assertThat(postfix.awaitTrace("named twice"))
                .contains("Authenticated sender: app@example.com", "with ESMTPSA");
    }

    private static List<String> send(String subject, String... parameters) {
        return RelayArchive.send(WILDFLY, "container",
                "From: author@example.com\r\nSubject: " + subject + "\r\n\r\nHello\r\n", parameters);
    }
}
