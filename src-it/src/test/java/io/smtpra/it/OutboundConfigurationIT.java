package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection factory with a bad property fails the deployment, says why, and leaves the server running. */
@ExtendWith(ArquillianExtension.class)
class OutboundConfigurationIT {

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            smtpra.relay.tls               | sometimes          | property 'tls' is 'sometimes', allowed: disabled
            smtpra.relay.send.at           | later              | property 'sendAt' is 'later', allowed: commit, now
            smtpra.relay.session.jndi.name | mail          | property 'sessionJndiName' is 'mail', allowed: none, or a name as java:/smtp/mail
            smtpra.relay.certificate.file  | /no/such/file.pem  | certificateFile and privateKeyFile go together
            smtpra.relay.password          | hunter2            | userName and password go together
            """)
    void aBadPropertyFailsTheDeploymentAndIsNamed(String property, String value, String said) {
        WILDFLY.property(property, value);

        String answer = WILDFLY.deployInVain(Archives.rar());

        assertThat(answer).contains(said).doesNotContain("hunter2");
        assertThat(WILDFLY.names()).doesNotContain(Archives.RAR);
        assertThat(WILDFLY.isRunning()).isTrue();
    }
}
