package io.smtpra.ra.inbound.listener;

import io.smtpra.event.MailLogKeys;
import io.smtpra.ra.inbound.listener.framing.ContentFaults;
import io.smtpra.ra.inbound.listener.protocol.ContentReceiver;
import io.smtpra.ra.inbound.listener.protocol.ContentResponse;
import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
import io.smtpra.ra.inbound.listener.protocol.SmtpTransport;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.Protocol;
import org.apache.james.protocols.api.ProtocolConfiguration;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolSessionImpl;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.api.handler.ProtocolHandlerChain;
import org.slf4j.MDC;

/** A small protocol with one handler, each of whose verbs shows one ability of the listener. */
final class ScriptedProtocol implements Protocol, LineHandler<ProtocolSession>, ConnectHandler<ProtocolSession>,
        DisconnectHandler<ProtocolSession> {

    private static final int MOST_KEPT = 1 << 20;
    private static final AttachmentKey<String> NOTE = AttachmentKey.of("note", String.class);

    /** What was received as content, and what became of it. */
    final List<String> contents = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    /** Replies that {@code WAIT} and content wait for, once {@link #slow} is set. */
    final Queue<CompletableFuture<Response>> awaited = new ConcurrentLinkedQueue<>();
    /** What the receiver of content waits for. */
    final Queue<CompletableFuture<Void>> disk = new ConcurrentLinkedQueue<>();
    final AtomicInteger sessions = new AtomicInteger();
    volatile boolean slow;
    volatile boolean slowDisk;
    volatile boolean diskOfAnotherThread;
    volatile boolean broken;

    static Response reply(String... lines) {
        return new ScriptedReply(List.<CharSequence>of(lines), false);
    }

    @Override
    public Response onConnect(ProtocolSession session) {
        return reply("220 test" + (transport(session).hasPipelinedInput() ? ", input true" : ""));
    }

    @Override
    public void onDisconnect(ProtocolSession session) {
        events.add("disconnected");
    }

    @Override
    public Response onLine(ProtocolSession session, byte[] octets) {
        String line = new String(octets, StandardCharsets.ISO_8859_1);
        SmtpTransport transport = transport(session);
        String verb = line.split(" ", 2)[0];
        String argument = line.substring(Math.min(line.length(), verb.length() + 1));
        return switch (verb) {
            case "QUIT" -> new ScriptedReply(List.of("221 bye"), true);
            case "STARTTLS" -> new ScriptedTlsReply(List.of("220 go on"));
            case "DATA" -> ContentResponse.untilDot(reply("354 send"), false, new Receiver());
            case "BDAT" -> ContentResponse.chunk(Long.parseLong(argument), new Receiver());
            case "WAIT" -> new DeferredResponse(await());
            case "DELAY" -> new DeferredResponse(
                    transport.delay(Duration.ofMillis(Long.parseLong(argument))).thenApply(done -> reply("250 late")));
            case "FAIL" -> throw new IllegalStateException("told to");
            case "PIPE" -> reply("250 " + transport.hasPipelinedInput());
            case "WHO" -> reply("250 " + text(session.getRemoteAddress())
                    + transport.proxyAddress().map(a -> " proxied").orElse(""));
            case "TLS" -> reply("250 " + transport.tlsFacts().map(facts -> facts.protocol()).orElse("none"));
            case "NOTE" -> note(session, argument);
            case "NOTES" -> reply("250 " + session.getAttachment(NOTE, State.Connection).orElse("-")
                    + session.getAttachment(NOTE, State.Transaction).orElse("-")
                    + (session.getUsername() == null ? "-" : session.getUsername().asString()));
            case "PUSH" -> push(session);
            case "ECHO" -> reply("250-" + argument, "250 x\r\n250 injected");
            case "BIG" -> reply("250 " + "x".repeat(Integer.parseInt(argument)));
            case "BEGIN" -> mail(transport, Optional.of(argument));
            case "END" -> mail(transport, Optional.empty());
            case "IDS" -> ids();
            case "NOTHING" -> null;
            default -> reply("250 " + line);
        };
    }

    private CompletionStage<Response> await() {
        CompletableFuture<Response> reply = new CompletableFuture<>();
        awaited.add(reply);
        return reply;
    }

    private static Response mail(SmtpTransport transport, Optional<String> id) {
        transport.mail(id);
        return ids();
    }

    private static Response ids() {
        return reply("250 " + MDC.get(MailLogKeys.SESSION) + " " + MDC.get(MailLogKeys.MAIL));
    }

    private static Response note(ProtocolSession session, String text) {
        session.setAttachment(NOTE, text, State.Connection);
        session.setAttachment(NOTE, text, State.Transaction);
        session.setUsername(Username.of(text));
        return reply("250 noted");
    }

    private static Response push(ProtocolSession session) {
        LineHandler<ProtocolSession> once = (pushed, line) -> {
            pushed.popLineHandler();
            return reply("235 " + new String(line, StandardCharsets.ISO_8859_1));
        };
        session.pushLineHandler(once);
        return reply("334 more");
    }

    private static SmtpTransport transport(ProtocolSession session) {
        return (SmtpTransport) ((ProtocolSessionImpl) session).getProtocolTransport();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    // ---- the protocol

    @Override
    public String getName() {
        return "SCRIPTED";
    }

    @Override
    public ProtocolConfiguration getConfiguration() {
        return new ProtocolConfiguration() {
            @Override
            public String getGreeting() {
                return "test";
            }

            @Override
            public String getSoftwareName() {
                return "test";
            }

            @Override
            public String getHelloName() {
                return "mx.example.com";
            }
        };
    }

    @Override
    public ProtocolSession newSession(ProtocolTransport transport) {
        if (broken) {
            throw new IllegalStateException("told to");
        }
        sessions.incrementAndGet();
        return new ProtocolSessionImpl(transport, getConfiguration());
    }

    @Override
    public ProtocolHandlerChain getProtocolChain() {
        return new ProtocolHandlerChain() {
            @Override
            public <T> LinkedList<T> getHandlers(Class<T> type) {
                return List.of(ScriptedProtocol.this).stream().filter(type::isInstance).map(type::cast)
                        .collect(Collectors.toCollection(LinkedList::new));
            }

            @Override
            public <T> Optional<T> getFirstHandler(Class<T> type) {
                return getHandlers(type).stream().findFirst();
            }

            @Override
            public void destroy() {}
        };
    }

    private final class Receiver implements ContentReceiver {

        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        @Override
        public CompletionStage<Void> receive(ByteBuffer run) {
            byte[] copy = new byte[run.remaining()];
            run.get(copy);
            if (octets.size() < MOST_KEPT) {
                octets.writeBytes(copy);
            }
            if (octets.size() < 100 && octets.toString(StandardCharsets.ISO_8859_1).startsWith("explode")) {
                throw new IllegalStateException("told to");
            }
            if (diskOfAnotherThread) {
                return CompletableFuture.runAsync(() -> {});
            }
            CompletableFuture<Void> written = new CompletableFuture<>();
            if (slowDisk) {
                disk.add(written);
            } else {
                written.complete(null);
            }
            return written;
        }

        @Override
        public CompletionStage<Response> complete(ContentFaults faults) {
            contents.add(octets.toString(StandardCharsets.ISO_8859_1));
            return slow ? await() : CompletableFuture.completedFuture(
                    faults.any() ? reply("550 faulty") : reply("250 stored " + octets.size()));
        }

        @Override
        public void abort() {
            events.add("aborted");
        }
    }

    private record ScriptedReply(List<CharSequence> getLines, boolean isEndSession) implements Response {

        @Override
        public String getRetCode() {
            return getLines.get(0).subSequence(0, 3).toString();
        }
    }

    private record ScriptedTlsReply(List<CharSequence> getLines) implements StartTlsResponse {

        @Override
        public String getRetCode() {
            return "220";
        }

        @Override
        public boolean isEndSession() {
            return false;
        }
    }
}
