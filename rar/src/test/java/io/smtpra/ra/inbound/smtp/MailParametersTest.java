package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.AddressSyntax;
import io.smtpra.BodyType;
import io.smtpra.DsnReturn;
import io.smtpra.Envelope;
import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code MAIL}: its address and its parameters. */
class MailParametersTest {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool).on(Extension.DSN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "FROM:<a@example.net>                      | 250 2.1.0 Sender ok",
        "from:<a@example.net>                      | 250 2.1.0 Sender ok",
        "FROM: <a@example.net>                     | 250 2.1.0 Sender ok",
        "FROM:<>                                   | 250 2.1.0 Sender ok",
        "FROM:<a@[192.0.2.1]>                      | 250 2.1.0 Sender ok",
        "FROM:<a@[IPv6:2001:db8::1]>               | 250 2.1.0 Sender ok",
        "FROM:<a@[IPv6:::ffff:192.0.2.1]>          | 250 2.1.0 Sender ok",
        "FROM:<\"a b>c\"@example.net>              | 250 2.1.0 Sender ok",
        "FROM:<\"a\\\"b\"@example.net>             | 250 2.1.0 Sender ok",
        "FROM:<@one.example,@two.example:a@b.test> | 250 2.1.0 Sender ok",
        "FROM:<a+tag=x@example.net>                | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> SIZE=100             | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> size=0               | 250 2.1.0 Sender ok",
        "FROM:<a@example.net>   SIZE=1   BODY=7BIT | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> SIZE=36700160        | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> SIZE=36700161        | 552 5.3.4 Message too big",
        "FROM:<a@example.net> SIZE=4294967296      | 552 5.3.4 Message too big",
        "FROM:<a@example.net> SIZE=99999999999999999999  | 552 5.3.4 Message too big",
        "FROM:<a@example.net> SIZE=999999999999999999999 | 501 5.5.4 Malformed parameter",
        "FROM:<a@example.net> SIZE=-1              | 501 5.5.4 Malformed parameter",
        "FROM:<a@example.net> SIZE=1k              | 501 5.5.4 Malformed parameter",
        "FROM:<a@example.net> SIZE=                | 501 5.5.4 Malformed parameter",
        "FROM:<a@example.net> SIZE                 | 501 5.5.4 Malformed parameter",
        "FROM:<a@example.net> SIZE=1=1             | 501 5.5.4 Malformed parameter",
        "FROM:<a@example.net> SIZE=1 size=1        | 501 5.5.4 A parameter is given twice",
        "FROM:<a@example.net> -X=1                 | 501 5.5.4 Malformed parameter",
        "FROM:<a@example.net> =1                   | 501 5.5.4 Malformed parameter",
        "FROM:<a@example.net> X=1                  | 555 5.5.4 Parameter not recognised",
        "FROM:<a@example.net> NOTIFY=NEVER         | 555 5.5.4 Parameter not recognised",
        "FROM:<a@example.net> BODY=8BITMIME        | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> body=8bitmime        | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> BODY=9BIT            | 501 5.5.4 Malformed parameter",
        "FROM:<a@example.net> SMTPUTF8             | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> SMTPUTF8=1           | 501 5.5.4 Malformed parameter",
        "FROM:<é@example.net> SMTPUTF8             | 250 2.1.0 Sender ok",
        "FROM:<a@münchen.example> SMTPUTF8         | 250 2.1.0 Sender ok",
        "FROM:<é@example.net>                      | 553 5.6.7 This address needs SMTPUTF8",
        "FROM:<a@münchen.example>                  | 553 5.6.7 This address needs SMTPUTF8",
        "FROM:<a@ｅxample.net>                      | 553 5.6.7 This address needs SMTPUTF8",
        "FROM:<a@example.net> RET=FULL ENVID=QQ+2B1 | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> RET=HALF             | 501 5.5.4 Malformed parameter",
        "FROM:<a@example.net> ENVID=a+0A           | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> ENVID=a+2            | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> ENVID=a+2b           | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> REQUIRETLS           | 555 5.5.4 Parameter not recognised",
        "FROM:<a@example.net> AUTH=<>              | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> AUTH=alice           | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> AUTH=a=b@c           | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> AUTH=                | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> AUTH                 | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> ENVID                | 250 2.1.0 Sender ok",
        "FROM:<a@example.net> ENVID=a=b            | 250 2.1.0 Sender ok",
        "FROM:<a@example.net>SIZE=1                | 501 5.5.4 Syntax: MAIL FROM:<address>",
        "FROM:                                     | 501 5.5.4 Syntax: MAIL FROM:<address>",
        "FROM <a@example.net>                      | 501 5.5.4 Syntax: MAIL FROM:<address>",
        "TO:<a@example.net>                        | 501 5.5.4 Syntax: MAIL FROM:<address>",
        "``                                        | 501 5.5.4 Syntax: MAIL FROM:<address>",
        "FROM:<a@example.net                       | 501 5.1.7 Bad sender address",
        "FROM:<\"a@example.net>                    | 501 5.1.7 Bad sender address",
        "FROM:<a>                                  | 501 5.1.7 Bad sender address",
        "FROM:<Postmaster>                         | 501 5.1.7 Bad sender address",
        "FROM:<a@>                                 | 501 5.1.7 Bad sender address",
        "FROM:<@example.net>                       | 501 5.1.7 Bad sender address",
        "FROM:<a@b@example.net>                    | 501 5.1.7 Bad sender address",
        "FROM:<a b@example.net>                    | 501 5.1.7 Bad sender address",
        "FROM:<a@example..net>                     | 501 5.1.7 Bad sender address",
        "FROM:<a@-example.net>                     | 501 5.1.7 Bad sender address",
        "FROM:<a@[300.0.0.1]>                      | 501 5.1.7 Bad sender address",
        "FROM:<a@[IPv6:1:2]>                       | 501 5.1.7 Bad sender address",
        "FROM:<a@[fe80::1%1]>                      | 501 5.1.7 Bad sender address",
        "FROM:<<a@example.net>>                    | 501 5.5.4 Syntax: MAIL FROM:<address>",
        "FROM:<@one.example a@b.test>              | 501 5.1.7 Bad sender address",
        "FROM:<@one.example:>                      | 501 5.1.7 Bad sender address",
        "FROM:<@one.example,two.example:a@b.test>  | 501 5.1.7 Bad sender address",
        "FROM:<@:a@b.test>                         | 501 5.1.7 Bad sender address"})
    void isTakenOrRefused(String argument, String reply) {
        assertThat(server.talk().ehlo().say("MAIL " + argument)).isEqualTo(reply);
    }

    /** What RFC 5321 section 4.1.2 does not have, and clients send; {@code bean} is what the bean sees of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "FROM:<b.@docomo.example>                | \"b.\"@docomo.example   | 501 5.1.7 Bad sender address",
        "FROM:<a..b@example.net>                 | \"a..b\"@example.net    | 501 5.1.7 Bad sender address",
        "FROM:<.a@example.net>                   | \".a\"@example.net      | 501 5.1.7 Bad sender address",
        "FROM:<a@example_x.net>                  | a@example_x.net         | 501 5.1.7 Bad sender address",
        "FROM:<a@example.net.>                   | a@example.net           | 501 5.1.7 Bad sender address",
        "FROM:<a@EXAMPLE.net.> SIZE=1            | a@example.net           | 501 5.1.7 Bad sender address",
        "FROM:<@one_x.example:a@example.net>     | a@example.net           | 501 5.1.7 Bad sender address",
        "FROM:a@example.net                      | a@example.net           | 501 5.5.4 Syntax: MAIL FROM:<address>",
        "FROM: a@example.net  SIZE=1 BODY=7BIT   | a@example.net           | 501 5.5.4 Syntax: MAIL FROM:<address>",
        "FROM:\"a b\"@example.net SIZE=1         | \"a b\"@example.net     | 501 5.5.4 Syntax: MAIL FROM:<address>",
        "FROM:@one.example:a@example.net         | a@example.net           | 501 5.5.4 Syntax: MAIL FROM:<address>"})
    void isTakenInTheCommonSyntaxAlone(String argument, String bean, String strict) {
        Conversation common = server.talk().ehlo();
        assertThat(common.say("MAIL " + argument)).isEqualTo("250 2.1.0 Sender ok");
        assertThat(common.say("RCPT TO:<u@example.com>")).startsWith("250");
        common.sayAll("BDAT 0 LAST");
        assertThat(server.mail().envelope().reversePath()).map(Mailbox::toString).contains(bean);
        assertThat(server.addressSyntax(AddressSyntax.STRICT).talk().ehlo().say("MAIL " + argument)).isEqualTo(strict);
    }

    /** Without brackets the path ends at the first blank, and holds no bracket. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "FROM:a@example.net>              | 501 5.1.7 Bad sender address",
        "FROM:a@example.net> SIZE=1       | 501 5.1.7 Bad sender address",
        "FROM:a <b@example.net>           | 501 5.1.7 Bad sender address",
        "FROM:a@example.net <b@other.net> | 501 5.5.4 Malformed parameter",
        "FROM:a@example.net,b@other.net   | 501 5.1.7 Bad sender address",
        "FROM:SIZE=1                      | 501 5.1.7 Bad sender address",
        "FROM:\"a@example.net             | 501 5.1.7 Bad sender address",
        "FROM:é@example.net               | 553 5.6.7 This address needs SMTPUTF8"})
    void withoutBracketsIsNoWayIn(String argument, String reply) {
        assertThat(server.talk().ehlo().say("MAIL " + argument)).isEqualTo(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIZE=1", "BODY=8BITMIME", "SMTPUTF8", "RET=FULL", "ENVID=a"})
    void hasNoParametersAfterHelo(String parameter) {
        Conversation conversation = server.talk().greeted();
        conversation.say("HELO a");
        assertThat(conversation.say("MAIL FROM:<a@example.net> " + parameter))
                .isEqualTo("555 5.5.4 Parameter not recognised");
        assertThat(conversation.say("MAIL FROM:<a@example.net>")).startsWith("250");
    }

    @ParameterizedTest
    @CsvSource({"SIZE, SIZE=1", "EIGHT_BIT_MIME, BODY=8BITMIME", "CHUNKING, BODY=BINARYMIME", "SMTP_UTF8, SMTPUTF8",
        "DSN, RET=FULL", "DSN, ENVID=a", "REQUIRE_TLS, REQUIRETLS"})
    void refusesWhatIsSwitchedOff(Extension extension, String parameter) {
        assertThat(server.on(extension).talk().inTls().ehlo().say("MAIL FROM:<> " + parameter)).startsWith("250");
        assertThat(server.off(extension).talk().inTls().ehlo().say("MAIL FROM:<> " + parameter))
                .isEqualTo("555 5.5.4 Parameter not recognised");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<>", "a@example.com", "a+2Bb@example.com", "a", "a+0Ab@example.com", "a=b", ""})
    void takesAnySubmitterWhereAuthIsOffered(String submitter) {
        Conversation conversation =
                Conversation.with(server.authenticator((credentials, peer) -> CompletableFuture
                        .completedFuture(new AuthOutcome.Authenticated("u"))).protocol(),
                        ListenerKind.SUBMISSIONS).inTls().ehlo();
        assertThat(conversation.say("AUTH PLAIN AHUAcA==")).startsWith("235");
        assertThat(conversation.say("MAIL FROM:<> AUTH=" + submitter)).startsWith("250");
    }

    @Test
    void comesOutInTheEnvelope() {
        server.talk().inTls().ehlo().run("""
                C: MAIL FROM:<"a\\b c"@example.net> BODY=8BITMIME SMTPUTF8 REQUIRETLS RET=HDRS ENVID=Q+20+2B SIZE=3
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 250 2.0.0 Ok: queued as M1
                """);
        Envelope envelope = server.mail().envelope();
        assertThat(envelope.reversePath().orElseThrow().localPart()).isEqualTo("ab c");
        assertThat(envelope.bodyType()).isEqualTo(BodyType.EIGHT_BIT_MIME);
        assertThat(envelope.smtpUtf8()).isTrue();
        assertThat(envelope.requireTls()).isTrue();
        assertThat(envelope.dsnReturn()).contains(DsnReturn.HDRS);
        assertThat(envelope.envelopeId()).contains("Q +");
        assertThat(server.content()).contains(" with UTF8SMTPS\r\n");
    }

    @Test
    void knowsTheLongestOfEverything() {
        String domain = "d".repeat(63) + "." + "d".repeat(63) + "." + "d".repeat(61);
        String longest = "l".repeat(64) + "@" + domain;
        assertThat(server.talk().ehlo().say("MAIL FROM:<" + longest + ">")).startsWith("250");
        assertThat(server.talk().ehlo().say("MAIL FROM:<" + longest + "d>")).startsWith("501 5.1.7");
        assertThat(server.talk().ehlo().say("MAIL FROM:<" + "l".repeat(252) + "@d>")).startsWith("250");
        assertThat(server.talk().ehlo().say("MAIL FROM:<" + "l".repeat(253) + "@d>")).startsWith("501 5.1.7");
        assertThat(server.talk().ehlo().say("MAIL FROM:<" + "é".repeat(126) + "@d> SMTPUTF8")).startsWith("250");
        assertThat(server.talk().ehlo().say("MAIL FROM:<" + "é".repeat(127) + "@d> SMTPUTF8")).startsWith("501 5.1.7");
        assertThat(server.talk().ehlo().say("MAIL FROM:<> ENVID=" + "e".repeat(100))).startsWith("250");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+0A", "a+2", "a+2b", "a=b", "", "\u00e9"})
    void anIdThatCannotBeReadIsLeftOut(String id) {
        assertThat(envelope("ENVID=" + id).envelopeId()).isEmpty();
    }

    @Test
    void anIdOfMoreThanAHundredCharactersIsLeftOut() {
        assertThat(envelope("ENVID=" + "e".repeat(100)).envelopeId()).contains("e".repeat(100));
        assertThat(envelope("ENVID=" + "e".repeat(101)).envelopeId()).isEmpty();
    }

    @Test
    void theSubmitterIsTakenAfterHeloToo() {
        Conversation conversation = server.talk().greeted();
        conversation.say("HELO a");
        assertThat(conversation.say("MAIL FROM:<> AUTH=<>")).startsWith("250");
    }

    /** RFC 5321 section 4.1.1: white space, wherever it does no harm. */
    @Test
    void aTabIsABlankBetweenPathAndParameters() {
        for (String argument : List.of("FROM:<a@example.net>\tSIZE=3", "FROM:<a@example.net> \t SIZE=3\t",
                "FROM:\t<a@example.net>", "FROM:<\"a b\"@example.net>\tSIZE=3\tBODY=7BIT")) {
            assertThat(server.talk().ehlo().say("MAIL " + argument)).as(argument).isEqualTo("250 2.1.0 Sender ok");
        }
        assertThat(server.talk().ehlo().say("MAIL FROM:<a@example.net>\tSIZE=36700161")).startsWith("552 5.3.4");
        assertThat(server.talk().ehlo().say("MAIL FROM:<a\tb@example.net>")).startsWith("501 5.1.7");
        assertThat(server.talk().ehlo().say("MAIL FROM:<\"a\tb\"@example.net>")).startsWith("500 5.5.2");
        assertThat(server.talk().ehlo().say("MAIL FROM:<\"a\\\tb\"@example.net>")).startsWith("500 5.5.2");
        assertThat(server.talk().ehlo().say("MAIL FROM:<\"a\\\"\tb\"@example.net>")).startsWith("500 5.5.2");
    }

    private Envelope envelope(String parameter) {
        server.talk().ehlo().run("C: MAIL FROM:<> " + parameter + "\n" + """
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as…
                """);
        List<Envelope> received = server.mails().stream().map(mail -> mail.envelope()).toList();
        return received.get(received.size() - 1);
    }
}
