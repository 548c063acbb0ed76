package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataCmdHandler;
import org.apache.james.protocols.smtp.core.RcptCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HeloHook;
import org.apache.james.protocols.smtp.hook.Hook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookResultHook;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.apache.james.protocols.smtp.hook.MessageHook;
import org.apache.james.protocols.smtp.hook.QuitHook;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hooks that others have written: what they are asked, what they see, and that they are obeyed to the letter. */
class HookTest {

    @TempDir
    Path spool;
    private Server server;

    @BeforeEach
    void setUp() {
        server = new Server(spool);
    }

    private static HookResult result(HookReturnCode code, String smtpCode, String text) {
        HookResult.Builder builder = HookResult.builder().hookReturnCode(code);
        if (smtpCode != null) {
            builder.smtpReturnCode(smtpCode);
        }
        if (text != null) {
            builder.smtpDescription(text);
        }
        return builder.build();
    }

    static Stream<Arguments> results() {
        return Stream.of(
                Arguments.of(HookResult.DENY, "554 5.7.1 Email rejected"),
                Arguments.of(HookResult.DENYSOFT, "451 4.7.1 Temporary problem. Please try again later"),
                Arguments.of(result(HookReturnCode.deny(), "550", "5.7.26 Not from you"), "550 5.7.26 Not from you"),
                Arguments.of(result(HookReturnCode.deny(), "550", "Not from you"), "550 5.7.1 Not from you"),
                // the class is the code's
                Arguments.of(result(HookReturnCode.deny(), "452", "5.5.3 Too many"), "452 4.5.3 Too many"),
                // no line of its own, no control character, no letter beyond ASCII
                Arguments.of(result(HookReturnCode.deny(), "550", "5.7.1 a\r250 b\0ü"), "550 5.7.1 a?250 b??"),
                // a code that refuses nothing, or is none
                Arguments.of(result(HookReturnCode.deny(), "250", "no"), "554 5.7.1 no"),
                Arguments.of(result(HookReturnCode.denySoft(), "4x1", "no"), "451 4.7.1 no"));
    }

    @ParameterizedTest
    @MethodSource("results")
    void aRefusalIsSaidAsTheHookSaysIt(HookResult result, String reply) {
        MailHook hook = new MailHook() {
            @Override
            public HookResult doMail(SMTPSession session, MaybeSender sender) {
                return result;
            }
        };
        server.hook(hook).talk().ehlo().run("""
                C: MAIL FROM:<a@example.net>
                S: %s
                C: RCPT TO:<user@example.com>
                S: 503 5.5.1 Say MAIL first
                """.formatted(reply));
    }

    @Test
    void aReplyOfTwoLinesStaysOne() {
        server.hook(refusingRecipients(result(HookReturnCode.deny(), "550", "5.7.1 one\ntwo"))).talk().ehlo().run("""
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 550-5.7.1 one
                S: 550 5.7.1 two
                """);
    }

    static Stream<Arguments> farewells() {
        return Stream.of(
                Arguments.of(result(HookReturnCode.disconnected(Action.DENY), "521", "5.7.0 Go"), "521 5.7.0 Go"),
                Arguments.of(HookResult.DISCONNECT, "554 5.7.1 Server disconnected"),
                Arguments.of(result(HookReturnCode.disconnected(Action.OK), null, null), "250 2.1.5 Recipient ok"));
    }

    @ParameterizedTest
    @MethodSource("farewells")
    void disconnectedEndsTheSession(HookResult result, String reply) {
        server.hook(refusingRecipients(result)).talk().ehlo().run("""
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: %s
                S: (closed)
                """.formatted(reply));
    }

    @Test
    void okPassesOverOtherHooksButNeverOverTheRouting() {
        server.hook(refusingRecipients(HookResult.OK)).hook(refusingRecipients(HookResult.DENY)).talk().ehlo().run("""
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: RCPT TO:<user@elsewhere.example>
                S: 550 5.7.1 Relaying denied
                """);
    }

    @Test
    void hooksAreAskedInOrderUntilOneRefuses() {
        List<String> asked = new ArrayList<>();
        server.hook(recording(asked, "a", HookResult.DECLINED)).hook(recording(asked, "b", null))
                .hook(recording(asked, "c", HookResult.DENY)).hook(recording(asked, "d", HookResult.OK))
                .talk().ehlo().run("""
                        C: MAIL FROM:<a@example.net>
                        S: 554 5.7.1 Email rejected
                        """);
        assertThat(asked).containsExactly("a", "b", "c");
    }

    @Test
    void aHookThatFailsIsARefusalForNow() {
        MailHook hook = new MailHook() {
            @Override
            public HookResult doMail(SMTPSession session, MaybeSender sender) {
                throw new IllegalStateException("broken");
            }
        };
        server.hook(hook).talk().ehlo().run("""
                C: MAIL FROM:<a@example.net>
                S: 451 4.3.0 Local error, try again later
                C: NOOP
                S: 250 2.0.0 Ok
                """);
    }

    /** What James keeps in the session is true at each moment. */
    @Test
    void theSessionTellsTheTruthAtEachMoment() {
        List<String> seen = new ArrayList<>();
        class Watcher implements HeloHook, MailHook, RcptHook, MessageHook, QuitHook {

            private HookResult note(String moment, SMTPSession session) {
                seen.add(moment + " " + session.getAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection).orElse("-")
                        + " " + session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection).orElse("-")
                        + " " + session.getAttachment(SMTPSession.SENDER, State.Transaction)
                                .map(MaybeSender::asString).orElse("-")
                        + " " + session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction)
                                .map(Collection::size).orElse(-1) + " " + session.getRcptCount()
                        + " " + session.getAttachment(RcptCmdHandler.CURRENT_RECIPIENT, State.Transaction)
                                .map(MailAddress::asString).orElse("-"));
                return HookResult.DECLINED;
            }

            @Override
            public HookResult doHelo(SMTPSession session, String helo) {
                return note("helo", session);
            }

            @Override
            public HookResult doMail(SMTPSession session, MaybeSender sender) {
                assertThat(session.getAttachment(SMTPSession.SENDER, State.Transaction)).contains(sender);
                return note("mail", session);
            }

            @Override
            public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress rcpt) {
                assertThat(session.getAttachment(RcptCmdHandler.CURRENT_RECIPIENT, State.Transaction)).contains(rcpt);
                return note("rcpt", session);
            }

            @Override
            public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
                assertThat(session.getAttachment(DataCmdHandler.MAILENV, State.Transaction)).contains(mail);
                assertThat(session.getAttachment(AttachmentKey.of("io.smtpra.Envelope", Envelope.class),
                        State.Transaction).orElseThrow().recipients()).hasSize(2);
                return note("message", session);
            }

            @Override
            public HookResult doQuit(SMTPSession session) {
                return note("quit", session);
            }
        }
        server.hook(new Watcher()).talk().greeted().send("EHLO client.example.net\r\n");
        Conversation conversation = server.talk().ehlo();
        seen.clear();
        conversation.run("""
                C: HELO other.example.net
                S: 250 mx.example.com
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<one@example.com>
                S: 250 2.1.5 Recipient ok
                C: RCPT TO:<two@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                S: 250 2.0.0 Ok: queued as M1
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RSET
                S: 250 2.0.0 Ok
                C: QUIT
                S: 221 2.0.0 Bye
                S: (closed)
                """);
        assertThat(seen).containsExactly(
                "helo EHLO other.example.net - -1 0 -",
                "mail HELO other.example.net a@example.net -1 0 -",
                "rcpt HELO other.example.net a@example.net -1 0 one@example.com",
                "rcpt HELO other.example.net a@example.net 1 1 two@example.com",
                "message HELO other.example.net a@example.net 2 2 two@example.com",
                "mail HELO other.example.net <> -1 0 -",
                "quit HELO other.example.net - -1 0 -");
    }

    @Test
    void attachmentsOfAMailEndWithIt() {
        AttachmentKey<String> key = AttachmentKey.of("test", String.class);
        List<String> seen = new ArrayList<>();
        MailHook hook = new MailHook() {
            @Override
            public HookResult doMail(SMTPSession session, MaybeSender sender) {
                seen.add(session.setAttachment(key, "mail", State.Transaction).orElse("-")
                        + session.setAttachment(key, "connection", State.Connection).orElse("-"));
                return HookResult.DECLINED;
            }
        };
        server.hook(hook).talk().ehlo().run("""
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RSET
                S: 250 2.0.0 Ok
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<a@example.com>
                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M2
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                """);
        assertThat(seen).containsExactly("--", "-connection", "-connection");
    }

    static Stream<Arguments> unexpressible() {
        return Stream.of(
                Arguments.of("müller@bücher.example", "m{fc}ller@xn--bcher-kva.example"),
                Arguments.of("a@[IPv6:2001:db8::1]", "a@x2001-db8--1x.ipv6-literal.invalid"),
                Arguments.of("\"a b\"@example.net", "\"a b\"@example.net"));
    }

    @ParameterizedTest
    @MethodSource("unexpressible")
    void anAddressThatJamesCannotExpressIsAStandIn(String address, String seen) {
        List<String> senders = new ArrayList<>();
        MailHook hook = new MailHook() {
            @Override
            public HookResult doMail(SMTPSession session, MaybeSender sender) {
                senders.add(sender.asString());
                return HookResult.DECLINED;
            }
        };
        server.hook(hook).talk().ehlo().run("""
                C: MAIL FROM:<%s> SMTPUTF8
                S: 250 2.1.0 Sender ok
                """.formatted(address));
        assertThat(senders).containsExactly(seen);
    }

    @Test
    void aMessageHookReadsTheContentAndMayRefuseIt() {
        MessageHook hook = (session, mail) -> {
            try {
                String content = new String(mail.getMessageInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(mail.getSize()).isEqualTo(content.length());
                return content.startsWith("Received: ") && content.endsWith("\r\nvirus\r\n")
                        ? result(HookReturnCode.deny(), "554", "5.7.0 No") : HookResult.DECLINED;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
        server.hook(hook).talk().withRecipient().run("""
                C: DATA
                S: 354 End data with <CR><LF>.<CR><LF>
                C+ virus
                C: .
                S: 554 5.7.0 No
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                """);
        assertThat(server.mails()).isEmpty();
        assertThat(server.memoryInUse()).isZero();
    }

    /** To the letter: it has taken the mail. */
    @Test
    void aMessageHookThatSaysOkHasTakenTheMail() {
        MessageHook hook = (session, mail) -> result(HookReturnCode.ok(), "250", "2.6.0 Mine");
        server.hook(hook).talk().withRecipient().run("""
                C: BDAT 0 LAST
                S: 250 2.6.0 Mine
                """);
        assertThat(server.mails()).isEmpty();
        assertThat(server.memoryInUse()).isZero();
    }

    @Test
    void aResultHookMayChangeWhatOthersSay() {
        List<Hook> told = new ArrayList<>();
        HookResultHook change = (session, result, time, hook) -> {
            told.add(hook);
            return result.getResult().getAction() == Action.DENY ? HookResult.DENYSOFT : result;
        };
        RcptHook refusing = refusingRecipients(HookResult.DENY);
        server.hook(refusing).hook(change).talk().ehlo().run("""
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 451 4.7.1 Temporary problem. Please try again later
                """);
        assertThat(told).contains(refusing);
    }

    @Test
    void hooksClaimParametersAndOfferKeywords() {
        class Extended implements MailParametersHook, RcptHook, HeloHook {

            @Override
            public HookResult doMailParameter(SMTPSession session, String name, String value) {
                return value.equals("good") ? HookResult.DECLINED : HookResult.DENY;
            }

            @Override
            public String[] getMailParamNames() {
                return new String[] {"XTEST"};
            }

            @Override
            public Set<String> supportedParameters() {
                return Set.of("XRCPT");
            }

            @Override
            public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress rcpt, Map<String, String> given) {
                return given.getOrDefault("XRCPT", "").equals("bad") ? HookResult.DENY : HookResult.DECLINED;
            }

            @Override
            public Set<String> implementedEsmtpFeatures(SMTPSession session) {
                return Set.of("XTEST");
            }

            @Override
            public HookResult doHelo(SMTPSession session, String helo) {
                return HookResult.DECLINED;
            }
        }
        Conversation conversation = server.hook(new Extended()).off(Extension.SIZE).talk().greeted();
        assertThat(conversation.sayAll("EHLO a")).contains("250-XTEST").noneMatch(line -> line.contains("SIZE"));
        conversation.run("""
                C: MAIL FROM:<a@example.net> XTEST=bad
                S: 554 5.7.1 Email rejected
                C: MAIL FROM:<a@example.net> XOTHER
                S: 555 5.5.4 Parameter not recognised
                C: MAIL FROM:<a@example.net> SIZE=1
                S: 555 5.5.4 Parameter not recognised
                C: MAIL FROM:<a@example.net> xtest=good
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com> XRCPT=bad
                S: 554 5.7.1 Email rejected
                C: RCPT TO:<user@example.com> XRCPT=good
                S: 250 2.1.5 Recipient ok
                """);
    }

    @Test
    void anExtensionOffersNothingThatIsNoKeyword() {
        EhloExtension extension = session -> List.of("XGOOD", "XBAD\r\n250 XWORSE", "", "PIPELINING");
        assertThat(server.hook(extension).talk().greeted().sayAll("EHLO a"))
                .contains("250-XGOOD").noneMatch(line -> line.contains("XWORSE"))
                .filteredOn(line -> line.endsWith("PIPELINING")).hasSize(1);
    }

    @Test
    void whatAnExtensionOffersMayChange() {
        AtomicInteger asked = new AtomicInteger();
        EhloExtension extension = session -> List.of("X" + asked.incrementAndGet());
        Conversation conversation = server.hook(extension).talk().greeted();
        assertThat(conversation.sayAll("EHLO a")).contains("250-X1").doesNotContain("250-X2");
        assertThat(conversation.sayAll("EHLO a")).contains("250-X2").doesNotContain("250-X1");
    }

    @Test
    void anExtensionThatFailsOffersNothing() {
        EhloExtension extension = session -> {
            throw new IllegalStateException("broken");
        };
        assertThat(server.hook(extension).talk().greeted().sayAll("EHLO a")).contains("250 STARTTLS");
    }

    @Test
    void aConnectHandlerMayRefuseBeforeTheGreeting() {
        ConnectHandler<SMTPSession> handler = session -> {
            SMTPResponse no = new SMTPResponse("554", "Not you");
            no.setEndSession(true);
            return no;
        };
        server.hook(handler).talk().connect().run("""
                S: 554 5.7.1 Not you
                S: (closed)
                """);
    }

    @Test
    void aCommandOfAnotherStandsBehindOurRules() {
        CommandHandler<SMTPSession> handler = new CommandHandler<>() {
            @Override
            public Response onCommand(SMTPSession session, Request request) {
                return new SMTPResponse("250", "2.0.0 said " + request.getArgument());
            }

            @Override
            public Collection<String> getImplCommands() {
                return List.of("XSAY");
            }
        };
        server.hook(handler).talk().greeted().run("""
                C: XSAY hello
                S: 503 5.5.1 Say EHLO first
                C: HELO a
                S: 250 mx.example.com
                C: xsay hello
                S: 250 2.0.0 said hello
                C: XNAY hello
                S: 500 5.5.1 Unknown command
                """);
    }

    @Test
    void mailToPostmasterIsRefusedWhereNobodyTakesItNorThePropertySays() {
        server.postmaster("admin@elsewhere.example").talk().ehlo().run("""
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<Postmaster>
                S: 550 5.7.1 Relaying denied
                """);
    }

    @Test
    void mailToPostmasterGoesWhereThePropertySays() {
        server.postmaster("admin@example.com").talk().ehlo().run("""
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<postmaster@elsewhere.example>
                S: 550 5.7.1 Relaying denied
                C: RCPT TO:<Postmaster>
                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M1
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<PostMaster@example.com>
                S: 250 2.1.5 Recipient ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M2
                """);
        assertThat(server.mails()).allSatisfy(mail -> assertThat(mail.envelope().recipients())
                .extracting(recipient -> recipient.mailbox().toString()).containsExactly("admin@example.com"));
    }

    private static RcptHook refusingRecipients(HookResult result) {
        return new RcptHook() {
            @Override
            public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress rcpt) {
                return result;
            }
        };
    }

    private static MailHook recording(List<String> asked, String name, HookResult result) {
        return new MailHook() {
            @Override
            public HookResult doMail(SMTPSession session, MaybeSender sender) {
                asked.add(name);
                return result;
            }
        };
    }
}
