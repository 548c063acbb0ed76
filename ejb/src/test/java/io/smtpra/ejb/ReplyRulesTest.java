package io.smtpra.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Mailbox;
import io.smtpra.ejb.store.ArrivedMail;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3834: what an automatic answer is given to. */
class ReplyRulesTest {

    private static final Mailbox ECHO = Mailbox.parse("echo@example.com");
    private static final ReplyRules RULES = new ReplyRules(ECHO, Optional.empty());
    private static final String MAIL = "Subject: Hi\nMessage-ID: <1@example.org>\n\ntext\n";

    @Test
    void answerGoesToTheSender() throws Exception {
        assertThat(RULES.recipientFor(ArrivedMail.of("me@example.org", "Echo@Example.com", MAIL)))
                .contains(Mailbox.parse("me@example.org"));
    }

    @Test
    void orToWhomTheAdministratorSays() throws Exception {
        Mailbox watch = Mailbox.parse("watch@example.net");
        ReplyRules rules = new ReplyRules(ECHO, Optional.of(watch));

        assertThat(rules.recipientFor(ArrivedMail.of("me@example.org", "echo@example.com", MAIL))).contains(watch);
        assertThat(rules.recipientFor(ArrivedMail.of("", "echo@example.com", MAIL))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', echo@example.com",
        "me@example.org, other@example.com",
        "echo@example.com, echo@example.com",
        "MAILER-DAEMON@example.org, echo@example.com",
        "owner-list@example.org, echo@example.com",
        "list-request@example.org, echo@example.com",
    })
    void noAnswerByTheEnvelope(String from, String to) throws Exception {
        assertThat(RULES.recipientFor(ArrivedMail.of(from, to, MAIL))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: Auto-Generated; owner-email=\"x@example.org\"",
        "Precedence: bulk",
        "Precedence: List",
        "List-Id: <list.example.org>",
    })
    void noAnswerByTheHeaders(String header) throws Exception {
        assertThat(RULES.recipientFor(ArrivedMail.of("me@example.org", "echo@example.com", header + "\n" + MAIL)))
                .isEmpty();
    }

    @Test
    void mailThatAPersonSentIsAnswered() throws Exception {
        assertThat(RULES.recipientFor(
                ArrivedMail.of("me@example.org", "echo@example.com", "Auto-Submitted: no\n" + MAIL))).isPresent();
    }

    @Test
    void answerSaysThatItIsOne() throws Exception {
        MimeMessage original = ArrivedMail.of("me@example.org", "echo@example.com", MAIL).message();

        MimeMessage reply = RULES.replyTo(original, Mailbox.parse("me@example.org"));

        assertThat(reply.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(reply.getHeader("In-Reply-To")).containsExactly("<1@example.org>");
        assertThat(reply.getHeader("References")).containsExactly("<1@example.org>");
        assertThat(reply.getSubject()).isEqualTo("Auto: Hi");
        assertThat(reply.getFrom()[0]).hasToString("echo@example.com");
        assertThat(reply.getAllRecipients()[0]).hasToString("me@example.org");
    }

    @Test
    void offUnlessAnAddressIsSet() {
        assertThat(ReplyRules.fromSystemProperties()).isEmpty();
    }
}
