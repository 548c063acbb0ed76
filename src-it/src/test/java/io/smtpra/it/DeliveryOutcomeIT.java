package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.ContentBean;
import io.smtpra.it.app.OutcomeBean;
import io.smtpra.it.app.Outcomes;
import io.smtpra.it.app.OwnTransactionBean;
import io.smtpra.it.app.PlainOutcomeBean;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What beans and their transactions do, and what the sender hears. */
@ExtendWith(ArquillianExtension.class)
class DeliveryOutcomeIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @BeforeAll
    static void deploy() throws Exception {
        WILDFLY.deploy(Archives.look());
        WILDFLY.deploy(Archives.rar());
    }

    @BeforeEach
    void table() {
        WILDFLY.table(Outcomes.TABLE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            fine                    | 250 2.0.0  | 1
            runtime exception       | 451 4.3.0  | 0
            checked exception       | 451 4.3.0  | 0
            application exception   | 451 4.3.0  | 0
            error                   | 451 4.3.0  | 0
            rollback only           | 451 4.3.0  | 0
            permanent               | 550 5.7.13 | 0
            transient               | 452 4.2.2  | 0
            wrapped                 | 554 5.7.1  | 0
            commit fails            | 451 4.3.0  | 0
            outlasts its annotation | 250 2.0.0  | 1
            """)
    void theReplyIsWhatTheTransactionCameTo(String subject, String reply, int rows) throws Exception {
        WILDFLY.deploy(Archives.beans("outcome.jar", Archives.RAR, Map.of("recipients", "*@example.com"),
                OutcomeBean.class));

        assertThat(Dialogue.send(subject, "a@example.com")).startsWith(reply);
        assertThat(WILDFLY.query("select * from OUTCOME")).hasSize(rows);
        // Nothing is left behind that the next delivery would trip over.
        assertThat(Dialogue.send("next", "a@example.com")).startsWith("250 2.0.0");
        assertThat(WILDFLY.query("select * from OUTCOME where SUBJECT = 'next'")).hasSize(1);
    }

    @Test
    void theIdIsInTheReplyAndInTheContextOfTheLog() throws Exception {
        WILDFLY.deploy(Archives.beans("outcome.jar", Archives.RAR, Map.of("recipients", "*@example.com"),
                OutcomeBean.class));

        String reply = Dialogue.send("fine", "a@example.com");

        Map<String, String> row = WILDFLY.query("select * from OUTCOME").get(0);
        assertThat(reply).endsWith(row.get("ID"));
        assertThat(row).containsEntry("MDC", row.get("ID"));
    }

    /** What a bean without a transaction has done is done, whatever it says afterwards: nobody can undo it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            kept, and fine  | 250 2.0.0 | 1
            kept, and fails | 451 4.3.0 | 1
            fails           | 451 4.3.0 | 0
            """)
    void aBeanWithoutATransactionIsBelieved(String subject, String reply, int rows) throws Exception {
        WILDFLY.deploy(Archives.beans("plain.jar", Archives.RAR, Map.of("recipients", "*@example.com"),
                PlainOutcomeBean.class));

        assertThat(Dialogue.send(subject, "a@example.com")).startsWith(reply);
        assertThat(WILDFLY.query("select * from OUTCOME")).hasSize(rows);
        assertThat(Dialogue.send("fine", "a@example.com")).startsWith("250 2.0.0");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            fine              | 250 2.0.0 | 1
            left open         | 451 4.3.0 | 0
            rolled back       | 250 2.0.0 | 0
            throws in between | 451 4.3.0 | 0
            throws afterwards | 451 4.3.0 | 1
            commit fails      | 451 4.3.0 | 0
            """)
    void aBeanWithTransactionsOfItsOwnIsBelieved(String subject, String reply, int rows) throws Exception {
        WILDFLY.deploy(Archives.beans("own.jar", Archives.RAR, Map.of("recipients", "*@example.com"),
                OwnTransactionBean.class));

        assertThat(Dialogue.send(subject, "a@example.com")).startsWith(reply);
        assertThat(WILDFLY.query("select * from OUTCOME")).hasSize(rows);
        assertThat(Dialogue.send("next", "a@example.com")).startsWith("250 2.0.0");
        assertThat(WILDFLY.query("select * from OUTCOME where SUBJECT = 'next'")).hasSize(1);
    }

    @Test
    void beansWithAndWithoutTransactionsGetTheSameMail() throws Exception {
        WILDFLY.deploy(Archives.beans("plain.jar", Archives.RAR, Map.of("recipients", "*@example.com"),
                PlainOutcomeBean.class));
        WILDFLY.deploy(Archives.beans("own.jar", Archives.RAR, Map.of("recipients", "*@example.org"),
                OwnTransactionBean.class));

        assertThat(Dialogue.send("fine", "a@example.com", "a@example.org")).startsWith("250 2.0.0");
        assertThat(subjects()).containsExactly("fine");
    }

    @Test
    void mailForTwoBeansIsKeptByBothOrByNone() throws Exception {
        WILDFLY.deploy(Archives.beans("one.jar", Archives.RAR, Map.of("recipients", "*@one.example.com"),
                OutcomeBean.class));
        WILDFLY.deploy(Archives.beans("two.jar", Archives.RAR, Map.of("recipients", "*@two.example.com"),
                OutcomeBean.class));

        assertThat(Dialogue.send("fine", "a@one.example.com", "b@two.example.com")).startsWith("250 2.0.0");
        assertThat(subjects()).containsExactly("fine", "fine");
        for (String failing : List.of("runtime exception", "checked exception", "rollback only", "commit fails")) {
            assertThat(Dialogue.send(failing, "a@one.example.com", "b@two.example.com")).startsWith("451 4.3.0");
        }
        assertThat(Dialogue.send("permanent", "a@one.example.com", "b@two.example.com")).startsWith("550 5.7.13");
        assertThat(Dialogue.send("next", "a@one.example.com", "b@two.example.com")).startsWith("250 2.0.0");
        assertThat(subjects()).containsExactlyInAnyOrder("fine", "fine", "next", "next");
    }

    @Test
    void theSecondBeanFailsAndTheRowOfTheFirstIsGone() throws Exception {
        WILDFLY.deploy(Archives.beans("one.jar", Archives.RAR, Map.of("recipients", "*@one.example.com"),
                OutcomeBean.class));
        WILDFLY.deploy(Archives.beans("two.jar", Archives.RAR, Map.of("recipients", "*@two.example.com"),
                PlainOutcomeBean.class));

        assertThat(Dialogue.send("only the first takes this", "a@one.example.com", "b@two.example.com"))
                .startsWith("451 4.3.0");
        assertThat(subjects()).isEmpty();
    }

    @Test
    void aContentIsReadAgainAndAgainUntilTheCallReturns() throws Exception {
        WILDFLY.deploy(Archives.beans("content.jar", Archives.RAR, Map.of("recipients", "*@example.com"),
                ContentBean.class));
        // The one is held in memory, the other in a file.
        for (String text : List.of("text", "text\r\n".repeat(50_000) + "end")) {
            try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
                assertThat(dialogue.mailOf("first", text, "a@example.com")).startsWith("250 ");
                assertThat(dialogue.mail("later", "a@example.com")).startsWith("250 ");
            }
            Map<String, String> said = WILDFLY.query("select * from OUTCOME").stream()
                    .collect(Collectors.toMap(row -> row.get("SUBJECT"), row -> row.get("MDC")));
            assertThat(said.get("first")).isEqualTo("true true true " + (text.length() + 2));
            assertThat(List.of(said.get("content"), said.get("message"), said.get("stream"), said.get("part")))
                    .allMatch(ContentBean.TOO_LATE::equals);
            assertThat(said.get("id")).isNotEmpty();
            WILDFLY.query("delete from OUTCOME");
        }
    }

    @Test
    void aJournalKeepsACopyInTheSameTransaction() throws Exception {
        WILDFLY.deploy(Archives.beans("journal.jar", Archives.RAR, Map.of("recipients", "*", "journal", "true"),
                OutcomeBean.class));
        WILDFLY.deploy(Archives.beans("plain.jar", Archives.RAR, Map.of("recipients", "*@example.com"),
                PlainOutcomeBean.class));

        assertThat(Dialogue.send("fine", "a@example.com")).startsWith("250 2.0.0");
        assertThat(subjects()).containsExactly("fine");
        assertThat(Dialogue.send("fails", "a@example.com")).startsWith("451 4.3.0");
        assertThat(subjects()).containsExactly("fine");
        assertThat(Dialogue.send("fine", "a@nobody.test")).startsWith("550 5.7.1");
    }

    @Test
    void aBeanIsAskedAboutRecipients() throws Exception {
        WILDFLY.deploy(Archives.beans("outcome.jar", Archives.RAR,
                Map.of("recipients", "*@example.com", "verifyRecipients", "true"), OutcomeBean.class));

        assertThat(Dialogue.send("fine", "nobody@example.com")).startsWith("550 5.1.1");
        assertThat(Dialogue.send("fine", "somebody@example.com")).startsWith("250 2.0.0");
    }

    @Test
    void theSamePatternTwiceFailsTheSecondDeployment() throws Exception {
        WILDFLY.deploy(Archives.beans("one.jar", Archives.RAR, Map.of("recipients", "*@example.com"),
                OutcomeBean.class));

        assertThat(WILDFLY.deployInVain(Archives.beans("two.jar", Archives.RAR,
                Map.of("recipients", "*@EXAMPLE.com"), PlainOutcomeBean.class)))
                .contains(OutcomeBean.class.getName(), PlainOutcomeBean.class.getName(), "*@example.com");
        assertThat(Dialogue.send("fine", "a@example.com")).startsWith("250 2.0.0");
    }

    private static List<String> subjects() {
        return WILDFLY.query("select SUBJECT from OUTCOME").stream().map(row -> row.get("SUBJECT")).toList();
    }
}
