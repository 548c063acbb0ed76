package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Peer;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.command.Directory;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code VRFY}, {@code EXPN}, {@code ETRN} and {@code HELP}, switched on. */
class QuestionsTest implements Directory {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool).on(Extension.VRFY).on(Extension.EXPN).on(Extension.ETRN).on(Extension.HELP);
    }

    @Override
    public CompletionStage<Reply> verify(Peer peer, String query) {
        return CompletableFuture.completedFuture(Reply.of(250, "2.1.5", "verified: " + query));
    }

    @Override
    public CompletionStage<Reply> expand(Peer peer, String query) {
        return CompletableFuture.completedFuture(new Reply(250, Optional.empty(), List.of("a@b.test", "c@d.test")));
    }

    @Override
    public CompletionStage<Reply> startQueue(Peer peer, String query) {
        return CompletableFuture.completedFuture(Reply.of(253, "2.0.0", "started: " + query));
    }

    @Test
    void areAnsweredByTheDirectory() {
        server.directory(this).talk().ehlo().run("""
                C: VRFY user name
                S: 250 2.1.5 verified: user name
                C: EXPN list
                S: 250-a@b.test
                S: 250 c@d.test
                C: ETRN example.com
                S: 253 2.0.0 started: example.com
                """);
    }

    @Test
    void mayBeInUtf8WhereThatIsSaid() {
        server.directory(this).talk().ehlo().run("""
                C: VRFY a SMTPUTF8
                S: 250 2.1.5 verified: a
                C: VRFY é smtputf8
                S: 250 2.1.5 verified: ?
                C: VRFY é
                S: 553 5.6.7 This address needs SMTPUTF8
                C: EXPN é SMTPUTF8
                S: 250-a@b.test
                S: 250 c@d.test
                C: VRFY SMTPUTF8
                S: 250 2.1.5 verified: SMTPUTF8
                C: ETRN é
                S: 553 5.6.7 This address needs SMTPUTF8
                """);
        server.off(Extension.SMTP_UTF8).talk().ehlo().run("""
                C: VRFY a SMTPUTF8
                S: 250 2.1.5 verified: a SMTPUTF8
                """);
    }

    @Test
    void needAnArgument() {
        server.directory(this).talk().ehlo().run("""
                C: VRFY
                S: 501 5.5.4 This command needs an argument
                C: EXPN
                S: 501 5.5.4 This command needs an argument
                C: ETRN
                S: 501 5.5.4 This command needs an argument
                """);
    }

    @Test
    void areAnsweredWithoutADirectoryToo() {
        server.talk().ehlo().run("""
                C: VRFY user
                S: 252 2.5.0 Cannot verify, but will take mail for it
                C: EXPN list
                S: 550 5.1.1 No such list
                C: ETRN example.com
                S: 459 4.7.0 No mail is queued for this node
                """);
    }

    @Test
    void helpShowsWhatIsSwitchedOn() {
        assertThat(server.talk().ehlo().sayAll("HELP")).hasSize(Verb.values().length + 1)
                .startsWith("214-2.0.0 Commands:").contains("214-2.0.0 MAIL FROM:<address> [parameters]");
        assertThat(server.off(Extension.ETRN).off(Extension.CHUNKING).talk().ehlo().sayAll("HELP"))
                .hasSize(Verb.values().length - 1);
        server.talk().ehlo().run("""
                C: HELP rcpt
                S: 214 2.0.0 RCPT TO:<address> [parameters]
                C: HELP XYZZY
                S: 504 5.5.4 No help on this topic
                """);
    }
}
