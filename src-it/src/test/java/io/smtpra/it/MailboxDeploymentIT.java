package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mailbox in servers that are not as it wants them. */
@ExtendWith(ArquillianExtension.class)
class MailboxDeploymentIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    /** Such a server lets everybody through any security constraint, and says nothing. */
    @Test
    void aServerWithoutASecurityDomainForWebApplicationsLetsNobodyIn() throws Exception {
        WILDFLY.deploy(Archives.ear());
        MailboxClient somebody = new MailboxClient(Ports.HTTP);

        assertThat(somebody.get("api/mails").statusCode()).isEqualTo(401);
        assertThat(somebody.get("index.html").statusCode()).isEqualTo(302);
        assertThat(somebody.logIn("mona", "lisa smiles").statusCode()).isEqualTo(403);
        assertThat(somebody.get("api/mails").statusCode()).isEqualTo(401);
    }

    @Test
    void aMailboxThatIsOpenToAllIsWarnedOf() throws Exception {
        WILDFLY.property("smtpra.mailbox.access", "open");
        WILDFLY.deploy(Archives.ear());
        MailboxClient somebody = new MailboxClient(Ports.HTTP);

        assertThat(somebody.json("api/session").getBoolean("admin")).isTrue();
        assertThat(somebody.get("index.html").statusCode()).isEqualTo(200);
        assertThat(WILDFLY.log().await("smtpra.mailbox.access is open")).contains("WARN");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            access      | closed        | users, open
            data.source | java:/nothing | the JNDI name of a datasource
            """)
    void aBadSettingFailsTheDeploymentAndIsNamed(String name, String value, String allowed) {
        WILDFLY.property("smtpra.mailbox." + name, value);

        assertThat(WILDFLY.deployInVain(Archives.ear()))
                .contains("'smtpra.mailbox." + name + "' is '" + value + "', allowed: " + allowed);
    }

    @Test
    void tablesOfANewerVersionFailTheDeployment() throws Exception {
        WILDFLY.deploy(Archives.ear());
        WILDFLY.undeploy(Archives.EAR);
        WILDFLY.query("insert into \"smtpra_mail_schema\" (\"installed_rank\", \"version\", \"description\", \"type\","
                + " \"script\", \"installed_by\", \"execution_time\", \"success\")"
                + " values (99, '99', 'newer', 'SQL', 'V99__newer.sql', 'x', 1, true)");
        try {
            assertThat(WILDFLY.deployInVain(Archives.ear())).contains("version 99", "newer smtp-ra");
        } finally {
            WILDFLY.query("delete from \"smtpra_mail_schema\" where \"version\" = '99'");
        }
    }

    @Test
    void adapterAndApplicationLieSideBySide() throws Exception {
        WILDFLY.deploy(Archives.ear());
        WILDFLY.deploy(Archives.rarForSubsystem());

        assertThat(WILDFLY.names()).containsAll(List.of(Archives.EAR, Archives.RAR));
        Mails.send(Mails.message("a@example.org", "b@example.com", "Beside", "text"), Mails.StartTls.REQUIRED);
        assertThat(WILDFLY.query("select SUBJECT from SMTPRA_MAIL where SUBJECT = 'Beside'"))
                .containsExactly(Map.of("SUBJECT", "Beside"));
    }
}
