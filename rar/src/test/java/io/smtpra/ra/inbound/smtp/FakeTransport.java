package io.smtpra.ra.inbound.smtp;

import io.smtpra.ListenerKind;
import io.smtpra.TlsFacts;
import io.smtpra.ra.inbound.listener.framing.ContentFaults;
import io.smtpra.ra.inbound.listener.framing.LineFault;
import io.smtpra.ra.inbound.listener.protocol.ContentReceiver;
import io.smtpra.ra.inbound.listener.protocol.ContentResponse;
import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
import io.smtpra.ra.inbound.listener.protocol.HandshakeHandler;
import io.smtpra.ra.inbound.listener.protocol.LineFaultHandler;
import io.smtpra.ra.inbound.listener.protocol.SmtpProtocol;
import io.smtpra.ra.inbound.listener.protocol.SmtpTransport;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.telemetry.Telemetry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.Protocol;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.LineHandler;

/** The listener without a socket: takes octets, hands lines and contents to the protocol, and keeps its replies. */
final class FakeTransport implements SmtpTransport {

    static final TlsFacts TLS = new TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of(), false);

    private final Protocol protocol;
    private final ListenerKind kind;
    private final InetSocketAddress peer;
    private final ProtocolSession session;
    private final Deque<String> replies = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final Deque<LineHandler<ProtocolSession>> lineHandlers = new ArrayDeque<>();
    private Optional<TlsFacts> tls = Optional.empty();
    private boolean tlsSupported = true;
    private byte[] input = {};
    private Optional<ContentReceiver> receiver = Optional.empty();
    private long chunkLeft = -1;
    private boolean waiting = true;
    private boolean closed;
    private int offences;
    private final Telemetry telemetry = new Telemetry();

    FakeTransport(Protocol protocol, ListenerKind kind, String peer) {
        this.protocol = protocol;
        this.kind = kind;
        try {
            this.peer = new InetSocketAddress(InetAddress.getByName(peer), 40_000);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
        session = protocol.newSession(this);
    }

    @Override
    public Telemetry telemetry() {
        return telemetry;
    }

    @Override
    public void mail(Optional<String> id) {
        // its log has no context
    }

    @Override
    public void offence() {
        offences++;
    }

    int offences() {
        return offences;
    }

    void startInTls(TlsFacts facts) {
        tls = Optional.of(facts);
    }

    void fault(LineFault fault) {
        LineFaultHandler handler = protocol.getProtocolChain().getFirstHandler(LineFaultHandler.class).orElseThrow();
        writeResponse(handler.onLineFault(session, fault), session);
    }

    void withoutTls() {
        tlsSupported = false;
    }

    void connect() {
        waiting = false;
        for (ConnectHandler<ProtocolSession> handler : handlers(ConnectHandler.class)) {
            if (!closed) {
                writeResponse(handler.onConnect(session), session);
            }
        }
        process();
    }

    void disconnect() {
        closed = true;
        receiver.ifPresent(ContentReceiver::abort);
        handlers(DisconnectHandler.class).forEach(handler -> handler.onDisconnect(session));
    }

    void send(byte[] octets) {
        byte[] joined = Arrays.copyOf(input, input.length + octets.length);
        System.arraycopy(octets, 0, joined, input.length, octets.length);
        input = joined;
        process();
    }

    Deque<String> replies() {
        return replies;
    }

    List<Duration> delays() {
        return delays;
    }

    boolean isClosed() {
        return closed;
    }

    private void process() {
        boolean progress = true;
        while (progress && !waiting && !closed) {
            progress = receiver.isEmpty() ? command() : chunkLeft >= 0 ? chunk() : data();
        }
    }

    private boolean command() {
        int end = indexOf("\r\n");
        if (end < 0) {
            return false;
        }
        byte[] line = take(end + 2);
        LineHandler<ProtocolSession> handler = lineHandlers.isEmpty() ? dispatcher() : lineHandlers.peek();
        writeResponse(handler.onLine(session, line), session);
        return true;
    }

    private boolean chunk() {
        int length = (int) Math.min(chunkLeft, input.length);
        chunkLeft -= length;
        receive(take(length));
        if (chunkLeft > 0) {
            return false;
        }
        endContent(ContentFaults.NONE);
        return true;
    }

    /** Takes the whole content at once; the listener's own tests are about pieces. */
    private boolean data() {
        boolean empty = new String(input, StandardCharsets.ISO_8859_1).startsWith(".\r\n");
        int end = empty ? 0 : indexOf("\r\n.\r\n");
        if (end < 0) {
            return false;
        }
        String content = new String(take(empty ? 0 : end + 2), StandardCharsets.ISO_8859_1);
        take(3);
        String text = content.startsWith(".") ? content.substring(1) : content;
        receive(text.replace("\r\n.", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        String rest = text.replace("\r\n", "");
        endContent(new ContentFaults(rest.contains("\n"), rest.contains("\r")));
        return true;
    }

    private void receive(byte[] octets) {
        receiver.orElseThrow().receive(ByteBuffer.wrap(octets)).toCompletableFuture().join();
    }

    private void endContent(ContentFaults faults) {
        ContentReceiver ended = receiver.orElseThrow();
        receiver = Optional.empty();
        writeResponse(new DeferredResponse(ended.complete(faults)), session);
    }

    @Override
    public void writeResponse(Response response, ProtocolSession to) {
        if (response == null) {
            return;
        }
        if (response instanceof DeferredResponse deferred) {
            await(deferred, late -> writeResponse(late, session));
        } else if (response instanceof ContentResponse content) {
            put(response);
            receiver = Optional.of(content.receiver());
            chunkLeft = content.length().orElse(-1);
        } else if (response instanceof StartTlsResponse) {
            put(response);
            startInTls(TLS);
            protocol.getProtocolChain().getHandlers(HandshakeHandler.class)
                    .forEach(handler -> handler.onHandshake(session));
        } else {
            Response settled = ((SmtpProtocol) protocol).settle(session, response);
            if (settled instanceof DeferredResponse deferred) {
                await(deferred, this::put);
            } else {
                put(settled);
            }
        }
    }

    private void await(DeferredResponse deferred, Consumer<Response> then) {
        waiting = true;
        deferred.reply().whenComplete((late, failure) -> {
            waiting = false;
            then.accept(failure == null ? late : session.newFatalErrorResponse());
            process();
        });
    }

    private void put(Response response) {
        Response worded = response instanceof SmtpReply reply && !((SmtpProtocol) protocol).hasEnhancedStatusCodes()
                ? reply.withoutEnhancedStatusCode() : response;
        worded.getLines().forEach(line -> replies.add(line.toString()));
        closed |= worded.isEndSession();
    }

    private byte[] take(int length) {
        byte[] taken = Arrays.copyOf(input, length);
        input = Arrays.copyOfRange(input, length, input.length);
        return taken;
    }

    private int indexOf(String text) {
        return new String(input, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    @SuppressWarnings("unchecked")
    private LineHandler<ProtocolSession> dispatcher() {
        return protocol.getProtocolChain().getFirstHandler(LineHandler.class).orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> handlers(Class<? super T> type) {
        return (List<T>) protocol.getProtocolChain().getHandlers(type);
    }

    @Override
    public ListenerKind listenerKind() {
        return kind;
    }

    @Override
    public Optional<InetSocketAddress> proxyAddress() {
        return Optional.empty();
    }

    @Override
    public Optional<TlsFacts> tlsFacts() {
        return tls;
    }

    @Override
    public boolean hasPipelinedInput() {
        return input.length > 0;
    }

    @Override
    public CompletionStage<Void> delay(Duration duration) {
        delays.add(duration);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Executor eventLoop() {
        return Runnable::run;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return peer;
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    }

    @Override
    public String getId() {
        return "s1";
    }

    @Override
    public boolean isTLSStarted() {
        return tls.isPresent();
    }

    @Override
    public boolean isStartTLSSupported() {
        return tlsSupported;
    }

    @Override
    public Optional<SSLSession> getSSLSession() {
        return Optional.empty();
    }

    @Override
    public boolean isProxyRequired() {
        return false;
    }

    @Override
    public void popLineHandler() {
        lineHandlers.pop();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void pushLineHandler(LineHandler<? extends ProtocolSession> handler, ProtocolSession to) {
        lineHandlers.push((LineHandler<ProtocolSession>) handler);
    }

    @Override
    public void setReadable(boolean readable) {
        throw new UnsupportedOperationException("The protocol leaves reading to the listener");
    }

    @Override
    public boolean isReadable() {
        return true;
    }
}
