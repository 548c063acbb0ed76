package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.Mails.StartTls;
import io.smtpra.it.app.InboxBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in the configuration fails the deployment it belongs to, with a message that helps; nothing else. */
@ExtendWith(ArquillianExtension.class)
class ConfigurationIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            maxConcurrency | abc              | 1 to 10000
            maxConcurrency | 0                | 1 to 10000
            recipients     | no domain        | user@domain
            listeners      | imap             | smtp, submission, submissions
            journal        | perhaps          | true or false
            """)
    void badActivationValueFailsTheDeployment(String property, String value, String allowed) throws Exception {
        WILDFLY.deploy(Archives.rar());

        Map<String, String> properties = property.equals("recipients")
                ? Map.of(property, value) : Map.of("recipients", "*@example.com", property, value);
        String failure = WILDFLY.deployInVain(inbox(properties));

        assertThat(failure).contains("'" + property + "'", allowed);
        assertThat(WILDFLY.isRunning()).isTrue();
    }

    @Test
    void missingRecipientsFailTheDeployment() throws Exception {
        WILDFLY.deploy(Archives.rar());

        assertThat(WILDFLY.deployInVain(inbox(Map.of()))).contains("'recipients' is ''", "user@domain");
        assertThat(WILDFLY.isRunning()).isTrue();
    }

    @Test
    void unknownActivationPropertyIsWarnedOf() throws Exception {
        WILDFLY.deploy(Archives.rar());

        WILDFLY.deploy(inbox(Map.of("recipients", "*@example.com", "recipient", "x@example.com")));

        assertThat(WILDFLY.log().await("\\brecipient\\b")).contains("WARN");
    }

    @ParameterizedTest(name = "{0}={2}")
    @CsvSource(delimiter = '|', textBlock = """
            smtpra.submission.port  | submissionPort  | abc                | 1 to 65535
            smtpra.start.tls        | startTls        | perhaps            | disabled, enabled, required
            smtpra.bind.address     | bindAddress     | 256.256.256.256    | an address of this host
            smtpra.max.message.size | maxMessageSize  | 10 apples          | octets
            smtpra.certificate.file | certificateFile | /no/such/file.pem  | /no/such/file.pem
            """)
    void badAdapterValueFailsTheDeployment(String setting, String property, String value, String allowed) {
        WILDFLY.property(setting, value);

        assertThat(WILDFLY.deployInVain(Archives.rar())).contains(property, value, allowed);
        assertThat(WILDFLY.isRunning()).isTrue();
    }

    @Test
    void portInUseFailsTheDeploymentAndCanBeMended() throws Exception {
        try (ServerSocket other = new ServerSocket(Ports.SMTP, 1, InetAddress.getByName(Ports.LOOPBACK))) {
            assertThat(WILDFLY.deployInVain(Archives.rar()))
                    .contains("smtpPort", String.valueOf(other.getLocalPort()), "in use");
            assertThat(WILDFLY.isRunning()).isTrue();
        }
        WILDFLY.deploy(Archives.rar());
        Mails.connect(StartTls.REQUIRED).close();
    }

    private static JavaArchive inbox(Map<String, String> properties) {
        return Archives.beans("inbox.jar", Archives.RAR, properties, InboxBean.class);
    }
}
