package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.OutcomeBean;
import io.smtpra.it.app.Outcomes;
import io.smtpra.it.app.TwoDatabasesBean;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beans that keep a mail in an ordinary database and in an XA one: both have it, or none. */
@ExtendWith(ArquillianExtension.class)
class TwoDatabasesIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @BeforeAll
    static void deploy() throws Exception {
        WILDFLY.deploy(Archives.look());
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(Archives.beans("both.jar", Archives.RAR, Map.of("recipients", "*@one.example.com"),
                TwoDatabasesBean.class));
    }

    @BeforeEach
    void tables() {
        WILDFLY.table(Outcomes.TABLE);
        second("drop table if exists OUTCOME");
        second("create table " + Outcomes.TABLE);
    }

    /** What fails after the prepare was decided already: the server finishes the commit, and says that it has. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            fine                       | 250 2.0.0 | 1
            runtime exception          | 451 4.3.0 | 0
            rollback only              | 451 4.3.0 | 0
            prepare fails              | 451 4.3.0 | 0
            one phase refused          | 451 4.3.0 | 0
            commit fails after prepare | 250 2.0.0 | 1
            """)
    void oneBeanKeepsAMailInBothOrInNone(String subject, String reply, int rows) throws Exception {
        assertThat(Dialogue.send(subject, "a@one.example.com")).startsWith(reply);
        assertThat(WILDFLY.query("select * from OUTCOME")).hasSize(rows);
        assertThat(second("select * from OUTCOME")).hasSize(rows);
        assertNextIsKept("a@one.example.com");
    }

    /**
     * What fails after the prepare is finished by the adapter, as soon as the resource can be reached. If it never is,
     * the sender had better send the mail again.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            fine                       | 250 2.0.0 | 1
            runtime exception          | 451 4.3.0 | 0
            rollback only              | 451 4.3.0 | 0
            prepare fails              | 451 4.3.0 | 0
            commit fails after prepare | 451 4.3.0 | 1
            """)
    void twoBeansKeepAMailInBothOrInNone(String subject, String reply, int rows) throws Exception {
        WILDFLY.deploy(Archives.beans("one.jar", Archives.RAR, Map.of("recipients", "*@two.example.com"),
                OutcomeBean.class));

        assertThat(Dialogue.send(subject, "a@one.example.com", "b@two.example.com")).startsWith(reply);
        assertThat(WILDFLY.query("select * from OUTCOME")).hasSize(2 * rows);
        assertThat(second("select * from OUTCOME")).hasSize(rows);
        assertNextIsKept("a@one.example.com", "b@two.example.com");
    }

    private static void assertNextIsKept(String... recipients) throws Exception {
        assertThat(Dialogue.send("next", recipients)).startsWith("250 2.0.0");
        assertThat(WILDFLY.query("select * from OUTCOME where SUBJECT = 'next'")).hasSize(recipients.length);
        assertThat(second("select * from OUTCOME where SUBJECT = 'next'")).hasSize(1);
    }

    private static List<Map<String, String>> second(String sql) {
        return WildFly.query(Ports.HTTP, TwoDatabasesBean.XA, sql);
    }
}
