package io.smtpra.ra.inbound.listener;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** What was read and not yet decoded. Its owner stops reading while it is not empty, so it stays small. */
final class InputQueue {

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>(2);
    private ByteBuffer head = EMPTY;

    /** Takes a buffer over. */
    void add(ByteBuf buffer) {
        if (!buffer.isReadable()) {
            buffer.release();
            return;
        }
        buffers.add(buffer);
        if (buffers.size() == 1) {
            head = buffer.nioBuffer();
        }
    }

    /** The octets to decode next; whoever takes some moves its position and then calls {@link #dropTaken()}. */
    ByteBuffer head() {
        return head;
    }

    void dropTaken() {
        if (!head.hasRemaining() && !buffers.isEmpty()) {
            buffers.remove().release();
            head = buffers.isEmpty() ? EMPTY : buffers.peek().nioBuffer();
        }
    }

    /** Also right while the head is being decoded. */
    boolean isEmpty() {
        return !head.hasRemaining() && buffers.size() <= 1;
    }

    void clear() {
        head = EMPTY;
        buffers.forEach(ByteBuf::release);
        buffers.clear();
    }
}
