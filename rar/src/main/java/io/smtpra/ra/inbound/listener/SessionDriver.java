package io.smtpra.ra.inbound.listener;

import io.smtpra.ra.inbound.listener.framing.ContentFaults;
import io.smtpra.ra.inbound.listener.framing.FrameSink;
import io.smtpra.ra.inbound.listener.framing.LineFault;
import io.smtpra.ra.inbound.listener.framing.SmtpFrameDecoder;
import io.smtpra.ra.inbound.listener.protocol.ContentReceiver;
import io.smtpra.ra.inbound.listener.protocol.ContentResponse;
import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
import io.smtpra.ra.inbound.listener.protocol.SmtpProtocol;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.log.ListenerMessages;
import io.smtpra.ra.log.SessionMessages;
import io.smtpra.ra.telemetry.Statistic;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks with one client: gives lines to the James handlers and content to its receiver, one at a time, and their
 * replies back in order. Touched by the connection's event loop alone.
 */
final class SessionDriver implements FrameSink {

    private static final Logger LOG = LoggerFactory.getLogger(SessionDriver.class);

    private enum Phase {
        /** A command line is awaited. */
        COMMAND,
        /** Content is awaited. */
        CONTENT,
        /** A handler, or the receiver of the content, has to be waited for. */
        WAITING,
        /** TLS is being negotiated. */
        HANDSHAKE,
        /** Nothing is taken any more. */
        OVER
    }

    private final ListenerContext listener;
    private final Connection connection;
    private final PeerAddress address;
    private final SmtpFrameDecoder decoder;
    private final ReplyWriter replies;
    private final ReadTimer timer;
    private final String id;
    private final SessionTransport transport;
    private final ProtocolSession session;
    private final Iterator<ConnectHandler<ProtocolSession>> connectHandlers;
    private final Instant since = Instant.now();

    private Phase phase = Phase.WAITING;
    private Optional<ContentReceiver> receiver = Optional.empty();
    private boolean contentFailed;
    private long received;
    private boolean draining;
    /** What has ended the session, if a reply did. */
    private Optional<Response> last = Optional.empty();

    SessionDriver(ListenerContext listener, Connection connection, PeerAddress address, SmtpFrameDecoder decoder,
            ReplyWriter replies) {
        this.listener = listener;
        this.connection = connection;
        this.address = address;
        this.decoder = decoder;
        this.replies = replies;
        id = listener.runtime().nextSessionId();
        transport = new SessionTransport(id, listener, address, connection, this::write, this::isOver);
        timer = new ReadTimer(connection.executor(), listener.config().timeouts().shortest(),
                () -> transport.ids().run(this::timeOut));
        session = listener.protocol().newSession(transport);
        connectHandlers = listener.handlers().connect().iterator();
    }

    void begin() {
        listener.runtime().telemetry().count(Statistic.SESSIONS);
        if (LOG.isDebugEnabled()) {
            LOG.debug("{}: connected from {}", id, address.text());
        }
        ListenerEvents.opened(listener, address, connection, id);
        next();
    }

    SessionTransport transport() {
        return transport;
    }

    OpenSession describe() {
        String state = listener.protocol() instanceof SmtpProtocol smtp ? smtp.describe(session) : "";
        return new OpenSession(id, address.remote(), since, phase.name().toLowerCase(Locale.ROOT), state);
    }

    /** Whether a frame may be decoded now. A client that does not read its replies is not read either. */
    boolean takesInput() {
        return transport.isReadable() && (phase == Phase.CONTENT || phase == Phase.COMMAND && replies.isWritable());
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    /** The client sends no more, and all it sent was handled: it may still read what it was answered. */
    void endOfInput() {
        if (phase == Phase.COMMAND || phase == Phase.CONTENT) {
            end();
        } else if (phase == Phase.HANDSHAKE) {
            connection.drop();
        }
    }

    /** No further mail is begun; what has begun is finished. */
    void drain() {
        draining = true;
        if (phase == Phase.COMMAND) {
            write(SmtpReplies.shuttingDown(listener.hostName()));
        } else if (phase == Phase.HANDSHAKE) {
            connection.drop();
        }
    }

    /** Ends, whatever has begun. */
    void shutDown() {
        write(SmtpReplies.shuttingDown(listener.hostName()));
    }

    /** The connection is gone. */
    void closed() {
        phase = Phase.OVER;
        timer.cancel();
        replies.release();
        abortContent();
        listener.handlers().disconnected(session);
        ListenerEvents.ended(listener, address, session, last);
        LOG.debug("{}: disconnected", id);
    }

    // ---- what is received

    @Override
    public void line(byte[] line) {
        Response response;
        try {
            response = transport.lineHandler().onLine(session, line);
        } catch (RuntimeException e) {
            response = failed(e);
        }
        answer(response);
    }

    @Override
    public void faultyLine(LineFault fault) {
        SmtpReply reply = switch (fault) {
            case TOO_LONG -> SmtpReplies.LINE_TOO_LONG;
            case BARE_CR -> SmtpReplies.BARE_CR;
            case BARE_LF -> SmtpReplies.BARE_LF;
        };
        answer(asked(() -> listener.handlers().lineFaults()
                .map(handler -> handler.onLineFault(session, fault)).orElse(reply)));
    }

    /** What a receiver that has failed would have taken is thrown away; the end of the content is answered with 451. */
    @Override
    public void content(ByteBuffer octets) {
        received += octets.remaining();
        if (contentFailed) {
            return;
        }
        try {
            CompletionStage<Void> taken = receiver.orElseThrow().receive(octets);
            if (!isDone(taken)) {
                await(taken, this::contentTaken);
            }
        } catch (RuntimeException e) {
            failContent(e);
        }
    }

    private static boolean isDone(CompletionStage<Void> taken) {
        return taken instanceof CompletableFuture<Void> future && future.isDone() && !future.isCompletedExceptionally();
    }

    private void contentTaken(Void taken, Throwable error) {
        if (error != null) {
            failContent(error);
        }
        phase = Phase.CONTENT;
        timer.resume();
    }

    private void failContent(Throwable error) {
        SessionMessages.LOG.contentFailed(id, error);
        abortContent();
        contentFailed = true;
    }

    @Override
    public void contentEnd(ContentFaults faults) {
        Optional<ContentReceiver> ended = receiver;
        receiver = Optional.empty();
        if (ended.isEmpty()) {
            answer(SmtpReplies.LOCAL_ERROR);
            return;
        }
        try {
            await(ended.get().complete(faults), this::answerOrFail);
        } catch (RuntimeException e) {
            answer(failed(e));
        }
    }

    // ---- what is answered

    private Response asked(Supplier<Response> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private Response failed(Throwable error) {
        SessionMessages.LOG.handlerFailed(id, error);
        return SmtpReplies.LOCAL_ERROR;
    }

    private void answerOrFail(Response response, Throwable error) {
        answer(error == null ? response : failed(error));
    }

    /** James' handlers return null where there is nothing to say. */
    private void answer(Response response) {
        if (response == null) {
            next();
        } else if (response instanceof DeferredResponse deferred) {
            await(deferred.reply(), this::answerOrFail);
        } else if (response instanceof ContentResponse content) {
            beginContent(content);
        } else if (response instanceof StartTlsResponse) {
            beginTls(response);
        } else {
            say(settled(response));
        }
    }

    private Response settled(Response response) {
        try {
            return listener.settled(session, response);
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    /** The last word may come later than the answer. */
    private void say(Response settled) {
        if (settled instanceof DeferredResponse later) {
            await(later.reply(), (reply, error) -> say(error == null ? reply : failed(error)));
            return;
        }
        write(settled);
        if (phase != Phase.OVER) {
            next();
        }
    }

    void write(Response response) {
        if (phase == Phase.OVER) {
            return;
        }
        replies.add(listener.worded(response));
        if (response.isEndSession()) {
            last = Optional.of(response);
            end();
        }
    }

    private void next() {
        if (draining) {
            write(SmtpReplies.shuttingDown(listener.hostName()));
        } else if (connectHandlers.hasNext()) {
            ConnectHandler<ProtocolSession> handler = connectHandlers.next();
            answer(asked(() -> handler.onConnect(session)));
        } else {
            phase = Phase.COMMAND;
            timer.set(listener.config().timeouts().command());
        }
    }

    /** Goes on when a stage is complete, in the event loop, unless the session has ended meanwhile. */
    private <T> void await(CompletionStage<T> stage, BiConsumer<? super T, Throwable> then) {
        phase = Phase.WAITING;
        timer.pause();
        stage.whenComplete((value, error) -> {
            if (connection.executor().inEventLoop()) {
                transport.ids().run(() -> goOn(value, error, then));
            } else {
                transport.eventLoop().execute(() -> goOn(value, error, then));
            }
        });
    }

    private <T> void goOn(T value, Throwable error, BiConsumer<? super T, Throwable> then) {
        if (phase == Phase.WAITING) {
            then.accept(value, error);
            connection.resume();
        }
    }

    // ---- content

    private void beginContent(ContentResponse response) {
        response.intermediate().map(listener::worded).ifPresent(replies::add);
        receiver = Optional.of(response.receiver());
        contentFailed = false;
        if (response.length().isPresent()) {
            decoder.expectChunk(response.length().getAsLong());
        } else {
            decoder.expectText(response.lineEndsMended());
        }
        phase = Phase.CONTENT;
        received = Timeouts.LEAST_DATA - 1; // the first octet is progress enough
        timer.set(listener.config().timeouts().dataStart());
    }

    private void abortContent() {
        try {
            receiver.ifPresent(ContentReceiver::abort);
        } catch (RuntimeException e) {
            SessionMessages.LOG.contentNotGivenUp(id, e);
        }
        receiver = Optional.empty();
    }

    // ---- TLS

    private void beginTls(Response response) {
        if (connection.hasMoreInput()) {
            // CVE-2011-0411: what came in plain text must never count as if it had come within TLS
            ListenerMessages.LOG.inputBehindStartTls(id, address.text());
            phase = Phase.OVER;
            connection.drop();
        } else if (listener.tls().isEmpty() || connection.tlsSession().isPresent()
                || listener.runtime().handshakeFailures().isExhausted(address.remote().getAddress())) {
            answer(SmtpReplies.TLS_NOT_AVAILABLE);
        } else {
            replies.add(listener.worded(response));
            replies.flush();
            phase = Phase.HANDSHAKE;
            timer.pause();
            connection.startTls();
        }
    }

    /** RFC 3207 section 4.2: what was learnt in plain text is forgotten, and no greeting is sent. */
    void tlsEstablished() {
        if (phase == Phase.HANDSHAKE) {
            session.resetState();
            session.getConnectionState().clear();
            session.setUsername(null);
            transport.resetLineHandlers();
            ListenerEvents.tlsEstablished(listener, address, connection, id);
            answer(listener.handlers().handshakes().map(handler -> handler.onHandshake(session)).orElse(null));
        }
    }

    // ---- the end

    private void timeOut() {
        if (phase == Phase.CONTENT && received >= Timeouts.LEAST_DATA) {
            received = 0;
            timer.set(listener.config().timeouts().data());
        } else if (phase == Phase.COMMAND || phase == Phase.CONTENT) {
            if (phase == Phase.COMMAND) {
                ListenerMessages.LOG.commandTooSlow(id, address.text());
            } else {
                ListenerMessages.LOG.contentTooSlow(id, address.text());
            }
            write(SmtpReplies.timedOut(listener.hostName()));
        }
    }

    private void end() {
        phase = Phase.OVER;
        timer.cancel();
        abortContent();
        connection.closePolitely();
    }
}
