package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.DirectoryBean;
import io.smtpra.it.app.HangingBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bean is asked before any mail comes. */
@ExtendWith(ArquillianExtension.class)
class QuestionsIT {

    private static final int HANGING = 20;

    @TempDir
    private Path directory;

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @BeforeAll
    static void deploy() throws Exception {
        for (String verb : new String[] {"vrfy", "expn", "etrn"}) {
            WILDFLY.property("smtpra." + verb, "true");
        }
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(Archives.beans("directory.jar", Archives.RAR,
                Map.of("recipients", "*@example.com", "verifyRecipients", "true"), DirectoryBean.class));
    }

    @Test
    void aBeanThatHangsHoldsUpNoOther() throws Exception {
        Path go = directory.resolve("go");
        WILDFLY.property("it.hanging", go.toString());
        WILDFLY.deploy(Archives.beans("hanging.jar", Archives.RAR,
                Map.of("recipients", "*@example.net", "verifyRecipients", "true"), HangingBean.class));
        List<SmtpLines> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < HANGING; i++) {
                SmtpLines lines = SmtpLines.plain(Ports.SMTP);
                hanging.add(lines);
                lines.say("MAIL FROM:<author@example.org>");
                lines.send("RCPT TO:<joe@example.net>");
            }
            theBeanAnswers("RCPT TO:<joe@example.com>", "250 2.1.5");
            theBeanAnswers("VRFY joe@example.com", "250 2.1.5 <joe@example.com>");
            theBeanAnswers("EXPN staff@example.com", "250-2.1.5");
            assertThat(Files.exists(go)).isFalse();
            Files.createFile(go);
            for (SmtpLines lines : hanging) {
                assertThat(lines.reply()).startsWith("250 2.1.5");
            }
        } finally {
            for (SmtpLines lines : hanging) {
                lines.close();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            RCPT TO:<joe@example.com>    | 250 2.1.5
            RCPT TO:<nobody@example.com> | 550 5.1.1
            RCPT TO:<full@example.com>   | 452 4.2.2
            RCPT TO:<later@example.com>  | 451 4.3.0
            RCPT TO:<broken@example.com> | 451 4.3.0
            RCPT TO:<shy@example.com>    | 550 5.7.13 Not from author@example.org
            VRFY joe@example.com         | 250 2.1.5 <joe@example.com>
            VRFY jane@example.com        | 550 5.1.1
            EXPN staff@example.com       | 250-2.1.5 <joe@example.com> 250 2.1.5 <jane@example.com>
            ETRN example.com             | 459
            """)
    void theBeanAnswers(String command, String reply) throws Exception {
        try (SmtpLines lines = SmtpLines.plain(Ports.SMTP)) {
            if (command.startsWith("RCPT")) {
                lines.say("MAIL FROM:<author@example.org>");
            }
            assertThat(lines.say(command)).startsWith(reply);
        }
    }
}
