package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.Mails.StartTls;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code sslContext}: the key and certificate are the server's. */
@ExtendWith(ArquillianExtension.class)
class ServerSslContextIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @Test
    void theServersContextIsUsed() throws Exception {
        WILDFLY.property("smtpra.ssl.context", "applicationSSC");
        WILDFLY.deploy(Archives.rar());

        Mails.connect(StartTls.REQUIRED).close();
        assertThat(WILDFLY.log().lines()).noneMatch(line -> line.contains("TLS uses a self-signed certificate"));
    }

    @Test
    void aContextThatTheServerDoesNotHaveFailsTheDeployment() {
        WILDFLY.property("smtpra.ssl.context", "nosuch");

        assertThat(WILDFLY.deployInVain(Archives.rar())).contains(
                "sslContext 'nosuch': the server has no SSL context of this name");
        assertThat(WILDFLY.isRunning()).isTrue();
    }
}
