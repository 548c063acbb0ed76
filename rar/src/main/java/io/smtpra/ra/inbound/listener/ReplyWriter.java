package io.smtpra.ra.inbound.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.apache.james.protocols.api.Response;

/** Gathers replies, so that pipelined commands are answered in one write (RFC 2920 section 3.2). */
final class ReplyWriter {

    private static final int FIRST_SIZE = 512;
    private static final int MOST_GATHERED = 16 * 1024;

    private final ChannelHandlerContext context;
    private ByteBuf gathered = Unpooled.EMPTY_BUFFER;

    ReplyWriter(ChannelHandlerContext context) {
        this.context = context;
    }

    void add(Response response) {
        List<CharSequence> lines = response.getLines();
        if (lines.isEmpty()) {
            return;
        }
        if (!gathered.isWritable()) {
            gathered = context.alloc().buffer(FIRST_SIZE);
        }
        for (CharSequence line : lines) {
            ByteBufUtil.writeUtf8(gathered, harmless(line));
            ByteBufUtil.writeAscii(gathered, "\r\n");
        }
        if (gathered.readableBytes() >= MOST_GATHERED) {
            flush();
        }
    }

    void flush() {
        if (gathered.isReadable()) {
            ByteBuf last = gathered;
            gathered = Unpooled.EMPTY_BUFFER;
            context.writeAndFlush(last, context.voidPromise());
        }
    }

    /** Flushes; the future tells when all of it is out. */
    ChannelFuture flushLast() {
        ByteBuf last = gathered;
        gathered = Unpooled.EMPTY_BUFFER;
        return context.writeAndFlush(last);
    }

    /** Whether the client reads what it is sent. */
    boolean isWritable() {
        return context.channel().isWritable();
    }

    void release() {
        gathered.release();
        gathered = Unpooled.EMPTY_BUFFER;
    }

    /** A reply that holds a line end would be two: whatever a handler makes of its input, it is one line. */
    private static CharSequence harmless(CharSequence line) {
        for (int i = 0; i < line.length(); i++) {
            if (isControl(line.charAt(i))) {
                return replaced(line);
            }
        }
        return line;
    }

    private static String replaced(CharSequence line) {
        StringBuilder clean = new StringBuilder(line.length());
        line.chars().forEach(c -> clean.append(isControl(c) ? '?' : (char) c));
        return clean.toString();
    }

    private static boolean isControl(int c) {
        return c < ' ' || c == 0x7F;
    }
}
