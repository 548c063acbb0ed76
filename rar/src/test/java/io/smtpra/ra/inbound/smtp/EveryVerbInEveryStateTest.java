package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of docs/protocol.md is what is really answered, to each verb in each state. */
class EveryVerbInEveryStateTest {

    private static final Pattern STATUS = Pattern.compile("(\\d{3})(?:[ -](\\d\\.\\d\\.\\d{1,2}))?.*");
    private static final String PASSWORD =
            Base64.getEncoder().encodeToString("\0alice\0secret".getBytes(StandardCharsets.UTF_8));

    private static final List<String> COMMANDS = List.of(
            "EHLO a.example", "HELO a.example", "STARTTLS", "AUTH PLAIN " + PASSWORD, "MAIL FROM:<>",
            "RCPT TO:<u@example.com>", "DATA", "BDAT 0", "BDAT 0 LAST", "RSET", "NOOP", "QUIT", "HELP", "VRFY u",
            "EXPN l", "ETRN example.com", "XYZZY");

    private enum State {
        CONNECTED(server -> Conversation.with(server.protocol()).greeted()),
        GREETED(server -> server.talk().ehlo()),
        MAIL(server -> server.talk().ehlo().run("C: MAIL FROM:<>\nS: 250 …")),
        RECIPIENT(server -> server.talk().withRecipient()),
        CHUNK(server -> server.talk().withRecipient().run("C: BDAT 0\nS: 250 …")),
        NO_TLS(server -> server.startTls(StartTlsPolicy.REQUIRED).talk().ehlo()),
        TLS(server -> server.talk().inTls().ehlo()),
        NO_AUTH(server -> Conversation.with(server.protocol(), ListenerKind.SUBMISSIONS).inTls().ehlo()),
        AUTH(server -> Conversation.with(server.protocol(), ListenerKind.SUBMISSIONS).inTls().ehlo()
                .run("C: AUTH PLAIN " + PASSWORD + "\nS: 235 …"));

        private final Function<Server, Conversation> way;

        State(Function<Server, Conversation> way) {
            this.way = way;
        }
    }

    @TempDir
    private Path spool;

    @Test
    void isAnsweredAsTheTableSays() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("..", "docs", "protocol.md")).stream()
                .dropWhile(line -> !line.startsWith("| Command ")).skip(2)
                .takeWhile(line -> line.startsWith("|")).toList();

        assertThat(documented).containsExactlyElementsOf(COMMANDS.stream().map(this::row).toList());
    }

    private String row(String command) {
        String shown = command.startsWith("AUTH") ? "AUTH PLAIN …" : command;
        Stream<String> answers = Arrays.stream(State.values()).map(state -> answer(command, state));
        return Stream.concat(Stream.of("`" + shown + "`"), answers).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** With every switch on; where it matters, with the switch off behind a slash. */
    private String answer(String command, State state) {
        Server all = server().on(Extension.HELP).on(Extension.VRFY).on(Extension.EXPN).on(Extension.ETRN);
        String on = status(all, command, state);
        State reachable = state == State.CHUNK ? State.RECIPIENT : state;
        String off = status(server().off(Extension.CHUNKING), command, reachable);
        boolean switched = List.of("HELP", "VRFY", "EXPN", "ETRN", "BDAT").contains(command.split(" ")[0]);
        return switched && !on.equals(off) ? on + " / " + off : on;
    }

    private Server server() {
        return new Server(spool).authenticator((credentials, peer) ->
                CompletableFuture.completedFuture(new AuthOutcome.Authenticated("alice")));
    }

    private String status(Server server, String command, State state) {
        List<String> lines = state.way.apply(server).sayAll(command);
        Matcher status = STATUS.matcher(lines.get(lines.size() - 1));
        assertThat(status.matches()).isTrue();
        return status.group(1) + (status.group(2) == null ? "" : " " + status.group(2));
    }
}
