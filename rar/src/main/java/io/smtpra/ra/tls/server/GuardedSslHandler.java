package io.smtpra.ra.tls.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Refuses renegotiation, which the JVM's TLS grants to any client, each time for the price of a handshake, and can't be
 * forbidden for one context alone; BoringSSL refuses it too, but does not say why. Once the handshake is over, a
 * record that says openly that it is a handshake's can only be the wish for another: TLS 1.3 hides the types of such
 * records (RFC 8446, section 5.2) and knows no renegotiation.
 */
final class GuardedSslHandler extends SslHandler {

    private static final short HANDSHAKE_RECORD = 22;

    private final Runnable release;

    /**
     * A handler.
     *
     * @param engine makes and reads the records
     * @param delegatedTasks runs the costly parts of a handshake
     * @param release frees what the engine holds, once
     */
    GuardedSslHandler(SSLEngine engine, Executor delegatedTasks, Runnable release) {
        super(engine, delegatedTasks);
        this.release = release;
    }

    @Override
    public void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        try {
            super.handlerRemoved0(context);
        } finally {
            release.run();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws SSLException {
        if (handshakeFuture().isSuccess() && in.isReadable()
                && in.getUnsignedByte(in.readerIndex()) == HANDSHAKE_RECORD) {
            in.skipBytes(in.readableBytes());
            context.channel().close();
            throw new SSLHandshakeException("the peer asked for a renegotiation of TLS, which is refused");
        }
        super.decode(context, in, out);
    }
}
