package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.NamedBean;
import io.smtpra.it.app.Outcomes;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several beans gets a mail. */
@ExtendWith(ArquillianExtension.class)
class RoutingIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @BeforeAll
    static void deploy() throws Exception {
        WILDFLY.property("smtpra.submission.port", Integer.toString(Ports.SUBMISSION));
        WILDFLY.property("smtpra.submission.authentication", "none");
        WILDFLY.deploy(Archives.look());
        WILDFLY.deploy(Archives.rar());
        bean("joe", "joe@münchen.example", "");
        bean("munich", "*@münchen.example", "");
        bean("below", "*@*.example", "smtp");
        bean("users", "*", "submission");
    }

    @BeforeEach
    void table() {
        WILDFLY.table(Outcomes.TABLE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            joe@xn--mnchen-3ya.example       | joe
            JOE+news@XN--MNCHEN-3YA.example  | joe
            joe@MÜNCHEN.example              | joe
            jane@xn--mnchen-3ya.example      | munich
            joe@www.xn--mnchen-3ya.example   | below
            joe@a.b.example                  | below
            joe@example                      | 550 5.7.1
            joe@example.com                  | 550 5.7.1
            """)
    void theMostSpecificPatternWins(String recipient, String expected) throws Exception {
        try (SmtpLines lines = SmtpLines.plain(Ports.SMTP)) {
            lines.say("MAIL FROM:<author@example.org> SMTPUTF8");
            String reply = lines.say("RCPT TO:<" + recipient + ">");
            if (expected.startsWith("550")) {
                assertThat(reply).startsWith(expected);
                return;
            }
            lines.say("DATA");
            assertThat(lines.say("Subject: routed\r\n\r\ntext\r\n.")).startsWith("250 2.0.0");
        }
        assertThat(WILDFLY.query("select SUBJECT from OUTCOME")).containsExactly(Map.of("SUBJECT", expected));
    }

    @Test
    void anotherKindOfListenerHasItsOwnBeans() throws Exception {
        try (SmtpLines lines = SmtpLines.startTls(Ports.SUBMISSION)) {
            assertThat(lines.mail("author@example.org", "joe@example.com", "from a user")).startsWith("250 2.0.0");
        }
        assertThat(WILDFLY.query("select SUBJECT from OUTCOME")).containsExactly(Map.of("SUBJECT", "users"));
    }

    @Test
    void eachBeanGetsItsOwnRecipients() throws Exception {
        assertThat(Dialogue.send("to all", "joe@xn--mnchen-3ya.example", "x@xn--mnchen-3ya.example", "a@b.example",
                "y@xn--mnchen-3ya.example")).startsWith("250 2.0.0");

        List<Map<String, String>> rows = WILDFLY.query("select SUBJECT, MDC from OUTCOME");
        assertThat(rows).containsExactlyInAnyOrder(
                Map.of("SUBJECT", "joe", "MDC", "joe@xn--mnchen-3ya.example"),
                Map.of("SUBJECT", "munich", "MDC", "x@xn--mnchen-3ya.example y@xn--mnchen-3ya.example"),
                Map.of("SUBJECT", "below", "MDC", "a@b.example"));
        assertThat(WILDFLY.query("select distinct ID from OUTCOME")).hasSize(1);
    }

    private static void bean(String name, String recipients, String listeners) throws Exception {
        WILDFLY.deploy(Archives.beans(name + ".jar", Archives.RAR,
                Map.of("recipients", recipients, "listeners", listeners), NamedBean.class));
    }
}
