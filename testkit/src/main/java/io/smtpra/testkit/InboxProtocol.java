package io.smtpra.testkit;

import io.smtpra.Mailbox;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
import io.smtpra.ra.inbound.listener.protocol.SmtpProtocol;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.testkit.InboxScript.Act;
import io.smtpra.testkit.InboxScript.Refuse;
import io.smtpra.testkit.InboxScript.Wait;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.protocols.api.ProtocolConfiguration;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.api.handler.ProtocolHandlerChain;

/** The adapter's protocol, with the script and the transcript of a test before it. */
final class InboxProtocol implements SmtpProtocol {

    /** What a sink answers that can only answer: the listener never hears of it. */
    static final Reply HANGING_UP = Reply.of(421, "4.4.2", "smtp-ra-testkit hangs up here");

    private static final String HANGING_UP_TEXT = SmtpReply.from(HANGING_UP).toString();
    private static final Pattern PATH = Pattern.compile("[^<]*<([^>]*)>.*");

    private final SmtpProtocol protocol;
    private final InboxScript script;
    private final InboxTranscript transcript;

    InboxProtocol(SmtpProtocol protocol, InboxScript script, InboxTranscript transcript) {
        this.protocol = protocol;
        this.script = script;
        this.transcript = transcript;
    }

    @Override
    public boolean hasEnhancedStatusCodes() {
        return protocol.hasEnhancedStatusCodes();
    }

    @Override
    public String describe(ProtocolSession session) {
        return protocol.describe(session);
    }

    @Override
    public Response settle(ProtocolSession session, Response answer) {
        if (answer instanceof Silence || answer instanceof SmtpReply reply
                && reply.toString().equals(HANGING_UP_TEXT)) {
            transcript.server("(hangs up)");
            return new Silence();
        }
        Response settled = protocol.settle(session, answer);
        transcript.server(settled.getLines());
        return settled;
    }

    @Override
    public String getName() {
        return protocol.getName();
    }

    @Override
    public ProtocolConfiguration getConfiguration() {
        return protocol.getConfiguration();
    }

    @Override
    public ProtocolSession newSession(ProtocolTransport transport) {
        return protocol.newSession(transport);
    }

    @Override
    public ProtocolHandlerChain getProtocolChain() {
        return new Chain(protocol.getProtocolChain());
    }

    /** Null: the greeting follows. */
    private Response connected(ProtocolSession session) {
        Optional<Act> act = script.next(InboxStep.CONNECT, Optional.empty());
        if (act.isEmpty()) {
            return null;
        }
        return act.get() instanceof Wait wait ? later(session, wait.time(), () -> null) : scripted(act.get());
    }

    private Response line(ProtocolSession session, byte[] octets, LineHandler<ProtocolSession> next) {
        String line = new String(octets, StandardCharsets.UTF_8).strip();
        transcript.client(line);
        Optional<InboxStep> step = InboxStep.of(line);
        Optional<Act> act = step.flatMap(found -> script.next(found, recipient(line)));
        Supplier<Response> asEver = () -> noted(next.onLine(session, octets));
        if (act.isEmpty()) {
            return asEver.get();
        }
        return act.get() instanceof Wait wait ? later(session, wait.time(), asEver) : scripted(act.get());
    }

    private static Response scripted(Act act) {
        return act instanceof Refuse refuse ? SmtpReply.from(refuse.reply()) : new Silence();
    }

    private static Response later(ProtocolSession session, Duration time, Supplier<Response> answer) {
        return new DeferredResponse(((SmtpSession) session).transport().delay(time).thenApply(over -> answer.get()));
    }

    /** What asks for more of the client is never settled. */
    private Response noted(Response answer) {
        if (answer != null && (answer.getRetCode().equals("354") || answer.getRetCode().equals("220"))) {
            transcript.server(answer.getLines());
        }
        return answer;
    }

    private static Optional<Mailbox> recipient(String line) {
        Matcher path = PATH.matcher(line);
        try {
            return path.matches() ? Optional.of(Mailbox.parse(path.group(1))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The adapter's chain, with ours before the first handler of two kinds. */
    private final class Chain implements ProtocolHandlerChain {

        private final ProtocolHandlerChain chain;

        Chain(ProtocolHandlerChain chain) {
            this.chain = chain;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> LinkedList<T> getHandlers(Class<T> type) {
            LinkedList<T> handlers = chain.getHandlers(type);
            if (type == ConnectHandler.class) {
                ConnectHandler<ProtocolSession> ours = InboxProtocol.this::connected;
                handlers.addFirst((T) ours);
            }
            return handlers;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> Optional<T> getFirstHandler(Class<T> type) {
            Optional<T> first = chain.getFirstHandler(type);
            if (type == LineHandler.class) {
                LineHandler<ProtocolSession> next = (LineHandler<ProtocolSession>) first.orElseThrow();
                LineHandler<ProtocolSession> ours = (session, line) -> line(session, line, next);
                return Optional.of((T) ours);
            }
            return first;
        }

        @Override
        public void destroy() {
            chain.destroy();
        }
    }

    /** Nothing is said, and the connection ends. */
    private record Silence() implements Response {

        @Override
        public String getRetCode() {
            return "";
        }

        @Override
        public List<CharSequence> getLines() {
            return List.of();
        }

        @Override
        public boolean isEndSession() {
            return true;
        }
    }
}
