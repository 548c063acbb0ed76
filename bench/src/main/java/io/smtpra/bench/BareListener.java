package io.smtpra.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.nio.file.Path;

/**
 * The floor: Netty, and beyond it nothing but the right words. It checks nothing, keeps nothing, and understands no
 * other client than the benchmark's. Arguments: port, key store, and {@code boringssl} for TLS by that in place of the
 * JDK's.
 */
final class BareListener {

    private BareListener() {}

    public static void main(String[] arguments) throws Exception {
        boolean boringSsl = arguments.length > 2;
        SslContext tls = SslContextBuilder.forServer(Servers.keys(Path.of(arguments[1])))
                .sslProvider(boringSsl ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK).build();
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(
                        Runtime.getRuntime().availableProcessors(), NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Words(tls));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])).sync();
        Thread.currentThread().join();
    }

    private static final class Words extends ChannelInboundHandlerAdapter {

        /** CRLF.CRLF as a number. */
        private static final long END = 0x0D0A_2E0D_0AL;

        private final SslContext tls;
        private boolean inContent;
        private long tail;

        Words(SslContext tls) {
            this.tls = tls;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(text(context, "220 bare ESMTP\r\n"));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                if (inContent) {
                    content(context, in);
                } else {
                    commands(context, in);
                }
            } finally {
                in.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        /** The client sends nothing behind a content before its reply. */
        private void content(ChannelHandlerContext context, ByteBuf in) {
            for (int i = Math.max(in.readerIndex(), in.writerIndex() - 5); i < in.writerIndex(); i++) {
                tail = tail << Byte.SIZE & 0xFF_FFFF_FFFFL | in.getUnsignedByte(i);
            }
            if (tail == END) {
                inContent = false;
                context.write(text(context, "250 taken\r\n"));
            }
        }

        /** The client sends whole lines, and DATA last. */
        private void commands(ChannelHandlerContext context, ByteBuf in) {
            while (in.isReadable()) {
                int length = in.bytesBefore((byte) '\n') + 1;
                answer(context, (char) in.getByte(in.readerIndex()));
                in.skipBytes(length);
            }
        }

        private void answer(ChannelHandlerContext context, char first) {
            switch (first) {
                case 'D' -> {
                    inContent = true;
                    tail = 0;
                    context.write(text(context, "354 go on\r\n"));
                }
                case 'E' -> context.write(text(context, "250-bare\r\n250-PIPELINING\r\n250 STARTTLS\r\n"));
                case 'Q' -> context.writeAndFlush(text(context, "221 bye\r\n"))
                        .addListener(ChannelFutureListener.CLOSE);
                case 'S' -> startTls(context);
                default -> context.write(text(context, "250 fine\r\n"));
            }
        }

        private void startTls(ChannelHandlerContext context) {
            context.writeAndFlush(text(context, "220 go ahead\r\n"));
            context.pipeline().addFirst(tls.newHandler(context.alloc()));
        }

        private static ByteBuf text(ChannelHandlerContext context, String text) {
            return ByteBufUtil.writeAscii(context.alloc(), text);
        }
    }
}
