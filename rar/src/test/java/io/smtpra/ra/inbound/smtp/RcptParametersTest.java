package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.AddressSyntax;
import io.smtpra.DsnNotify;
import io.smtpra.OriginalRecipient;
import io.smtpra.Recipient;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code RCPT}: its address and its parameters. */
class RcptParametersTest {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool).on(Extension.DSN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "TO:<u@example.com>                             | 250 2.1.5 Recipient ok",
        "to: <u@example.com>                            | 250 2.1.5 Recipient ok",
        "TO:<Postmaster>                                | 250 2.1.5 Recipient ok",
        "TO:<POSTMASTER>                                | 250 2.1.5 Recipient ok",
        "TO:<@one.example:u@example.com>                | 250 2.1.5 Recipient ok",
        "TO:<u@elsewhere.test>                          | 550 5.7.1 Relaying denied",
        "TO:<u@ｅxample.com>                             | 553 5.6.7 This address needs SMTPUTF8",
        "TO:<>                                          | 501 5.1.3 Bad recipient address",
        "TO:<u>                                         | 501 5.1.3 Bad recipient address",
        "TO:<u@example.com                              | 501 5.1.3 Bad recipient address",
        "TO:                                            | 501 5.5.4 Syntax: RCPT TO:<address>",
        "FROM:<u@example.com>                           | 501 5.5.4 Syntax: RCPT TO:<address>",
        "``                                             | 501 5.5.4 Syntax: RCPT TO:<address>",
        "TO:<é@example.com>                             | 553 5.6.7 This address needs SMTPUTF8",
        "TO:<u@example.com> SIZE=1                      | 555 5.5.4 Parameter not recognised",
        "TO:<u@example.com> NOTIFY=SUCCESS,FAILURE,DELAY | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> NOTIFY=never                | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> NOTIFY=NEVER,DELAY          | 501 5.5.4 Malformed parameter",
        "TO:<u@example.com> NOTIFY=DELAY,DELAY          | 501 5.5.4 Malformed parameter",
        "TO:<u@example.com> NOTIFY=DELAY,               | 501 5.5.4 Malformed parameter",
        "TO:<u@example.com> NOTIFY=ALWAYS               | 501 5.5.4 Malformed parameter",
        "TO:<u@example.com> NOTIFY                      | 501 5.5.4 Malformed parameter",
        "TO:<u@example.com> ORCPT=rfc822;a@b.test       | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=rfc822;a+2Bb@b.test   | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=rfc822;a+0Ab@b.test   | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=rfc822;é              | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=rfc822;               | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=;a                    | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=a@b.test              | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=utf-8;é@b.test        | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=utf-8;\\x{E9}@b.test  | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=utf-8;\\x{e9}@b.test  | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=utf-8;\\x{0A}@b.test  | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=utf-8;\\x{D800}@b     | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=utf-8;\\x{110000}@b   | 250 2.1.5 Recipient ok",
        "TO:<u@example.com> ORCPT=utf-8;a+b@b.test      | 250 2.1.5 Recipient ok"})
    void isTakenOrRefused(String argument, String reply) {
        Conversation conversation = server.talk().ehlo();
        conversation.say("MAIL FROM:<>");
        assertThat(conversation.say("RCPT " + argument)).isEqualTo(reply);
    }

    /** However an address is written, it is the recipient that the routing sees; what is not ours stays refused. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "TO:<b.@example.com>              | \"b.\"@example.com      | 250 2.1.5 Recipient ok",
        "TO:<b.@EXAMPLE.COM.>             | \"b.\"@example.com      | 250 2.1.5 Recipient ok",
        "TO:u@example.com                 | u@example.com           | 250 2.1.5 Recipient ok",
        "TO:postmaster                    | postmaster@mx.example.com | 250 2.1.5 Recipient ok",
        "TO:<u@elsewhere.test.>           | u@elsewhere.test        | 550 5.7.1 Relaying denied",
        "TO:u@elsewhere.test              | u@elsewhere.test        | 550 5.7.1 Relaying denied",
        "TO:<u@example.com_x.test>        | u@example.com_x.test    | 550 5.7.1 Relaying denied",
        "TO:<u@_.example.com.elsewhere.test> | u@_.example.com.elsewhere.test | 550 5.7.1 Relaying denied",
        "TO:<@example.com:u@elsewhere.test.> | u@elsewhere.test     | 550 5.7.1 Relaying denied"})
    void isAskedForInItsOneForm(String argument, String asked, String reply) {
        Conversation conversation = server.talk().ehlo();
        conversation.say("MAIL FROM:<>");
        assertThat(conversation.say("RCPT " + argument)).isEqualTo(reply);
        assertThat(server.asked()).containsExactly(asked);
    }

    /** The ways of old to have mail sent on, and what a lenient reader might make of an address. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "TO:<u%elsewhere.test@example.com>      | 250 2.1.5 Recipient ok",
        "TO:<elsewhere.test!u@example.com>      | 250 2.1.5 Recipient ok",
        "TO:<\"u@elsewhere.test\"@example.com>  | 250 2.1.5 Recipient ok",
        "TO:<u@elsewhere.test@example.com>      | 501 5.1.3 Bad recipient address",
        "TO:<u@example.com@elsewhere.test>      | 501 5.1.3 Bad recipient address",
        "TO:<u@example.com,elsewhere.test>      | 501 5.1.3 Bad recipient address",
        "TO:<u@elsewhere.test,u@example.com>    | 501 5.1.3 Bad recipient address",
        "TO:<u@[192.0.2.1].example.com>         | 501 5.1.3 Bad recipient address",
        "TO:<u@[192.0.2.1].>                    | 501 5.1.3 Bad recipient address",
        "TO:<u@example.com..>                   | 501 5.1.3 Bad recipient address",
        "TO:<@example.com:u@elsewhere.test>     | 550 5.7.1 Relaying denied",
        "TO:<u@elsewhere.test>                  | 550 5.7.1 Relaying denied",
        "TO:<\"u@example.com\"@elsewhere.test>  | 550 5.7.1 Relaying denied"})
    void relaysForNobodyInEitherSyntax(String argument, String reply) {
        for (AddressSyntax syntax : AddressSyntax.values()) {
            Conversation conversation = server.addressSyntax(syntax).talk().ehlo();
            conversation.say("MAIL FROM:<>");
            assertThat(conversation.say("RCPT " + argument)).as("%s", syntax).isEqualTo(reply);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc822;user+2bx@example.com", "rfc822;a+0Ab@b.test", "rfc822;\u00e9", "rfc822;", ";a",
            "a@b.test",
        "rfc822;SRS0=a=b=c@d.test", "utf-8;\u00e9@b.test", "utf-8;\\x{e9}@b.test", "utf-8;a+b@b.test", ""})
    void anOriginalRecipientThatCannotBeReadIsLeftOut(String original) {
        assertThat(recipient("ORCPT=" + original).originalRecipient()).isEmpty();
    }

    @Test
    void anOriginalRecipientThatIsTooLongIsLeftOut() {
        String address = "a".repeat(300) + "@" + "b".repeat(192);
        assertThat(recipient("ORCPT=rfc822;" + address).originalRecipient())
                .contains(new OriginalRecipient("rfc822", address));
        assertThat(recipient("ORCPT=rfc822;" + address + "b").originalRecipient()).isEmpty();
    }

    @Test
    void aTabIsABlankBetweenPathAndParameters() {
        assertThat(recipient("\tNOTIFY=NEVER\tORCPT=rfc822;a@b.test\t").notifyOn()).containsExactly(DsnNotify.NEVER);
    }

    private Recipient recipient(String parameters) {
        server.talk().ehlo().run("C: MAIL FROM:<>\nS: 250 2.1.0 Sender ok\nC: RCPT TO:<u@example.com> " + parameters + """

                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as…
                """);
        return server.mails().stream().reduce((first, second) -> second).orElseThrow().envelope().recipients().get(0);
    }

    @ParameterizedTest
    @CsvSource({"NOTIFY=NEVER", "ORCPT=rfc822;a@b.test"})
    void refusesWhatIsSwitchedOffOrNotOffered(String parameter) {
        Conversation off = server.off(Extension.DSN).talk().ehlo();
        off.say("MAIL FROM:<>");
        assertThat(off.say("RCPT TO:<u@example.com> " + parameter)).isEqualTo("555 5.5.4 Parameter not recognised");
        Conversation helo = server.on(Extension.DSN).talk().greeted();
        helo.say("HELO a");
        helo.say("MAIL FROM:<>");
        assertThat(helo.say("RCPT TO:<u@example.com> " + parameter)).isEqualTo("555 5.5.4 Parameter not recognised");
    }

    @Test
    void comesOutInTheEnvelope() {
        server.talk().ehlo().run("""
                C: MAIL FROM:<> SMTPUTF8
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<é@example.com> NOTIFY=SUCCESS,DELAY ORCPT=utf-8;\\x{E9}\\x{2B}@b.test
                S: 250 2.1.5 Recipient ok
                C: RCPT TO:<é@example.com> NOTIFY=NEVER
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 250 2.0.0 Ok: queued as M1
                """);
        Recipient recipient = server.mail().envelope().recipients().get(0);
        assertThat(server.mail().envelope().recipients()).hasSize(1);
        assertThat(recipient.mailbox()).hasToString("é@example.com");
        assertThat(recipient.notifyOn()).isEqualTo(Set.of(DsnNotify.SUCCESS, DsnNotify.DELAY));
        assertThat(recipient.originalRecipient()).contains(new OriginalRecipient("utf-8", "é+@b.test"));
        assertThat(server.content()).contains(" with UTF8SMTP\r\n");
    }

    @Test
    void hasALimitThatDuplicatesDoNotCountAgainst() {
        Conversation conversation = server.limits(Limits.of(limits -> limits.maxRecipients = 100)).talk().ehlo();
        conversation.say("MAIL FROM:<>");
        for (int i = 0; i < 100; i++) {
            assertThat(conversation.say("RCPT TO:<u" + i + "@example.com>")).startsWith("250");
        }
        assertThat(conversation.say("RCPT TO:<u100@example.com>")).isEqualTo("452 4.5.3 Too many recipients");
        assertThat(conversation.say("RCPT TO:<u99@EXAMPLE.COM>")).startsWith("250");
        assertThat(conversation.sayAll("BDAT 0 LAST")).containsExactly("250 2.0.0 Ok: queued as M1");
        assertThat(server.mail().envelope().recipients()).hasSize(100);
    }
}
