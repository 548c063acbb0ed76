package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * AUTH in a server that takes no callers from adapters, as WildFly does unless told: the deployment says what to do.
 */
@ExtendWith(ArquillianExtension.class)
class SecurityInflowOffIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "smtpra.submission.port, 0, submissionAuthentication",
        "smtpra.submissions.port, 0, submissionsAuthentication",
        "smtpra.smtp.authentication, optional, smtpAuthentication"
    })
    void deploymentFailsAndSaysWhatToDo(String setting, String value, String property) {
        WILDFLY.property(setting, value);

        assertThat(WILDFLY.deployInVain(Archives.rar())).contains("'" + property + "'",
                "no security domain is named", "smtpra.security.domain", "docs/security.md");
        assertThat(WILDFLY.isRunning()).isTrue();
    }

    @Test
    void aSecurityDomainThatTheServerDoesNotHaveFailsTheDeployment() {
        WILDFLY.property("smtpra.security.domain", "NoSuchDomain");

        assertThat(WILDFLY.deployInVain(Archives.rar())).contains("'securityDomain' is 'NoSuchDomain'",
                "/subsystem=elytron/security-domain");
        assertThat(WILDFLY.isRunning()).isTrue();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"smtpra.submission.authentication, none", "smtpra.submission.port, -1"})
    void whoAsksNobodyNeedsNoSetting(String setting, String value) throws Exception {
        WILDFLY.property("smtpra.submission.port", "0");
        WILDFLY.property(setting, value);

        WILDFLY.deploy(Archives.rar());
    }
}
