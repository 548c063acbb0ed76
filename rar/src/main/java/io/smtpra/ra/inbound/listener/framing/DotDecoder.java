package io.smtpra.ra.inbound.listener.framing;

import java.nio.ByteBuffer;

/**
 * Finds the end of the content of {@code DATA} and undoes dot-stuffing (RFC 5321 section 4.5.2). Only CRLF begins a new
 * line; a CR or LF elsewhere is an octet like any other, and is reported.
 */
public final class DotDecoder {

    private enum State {
        /** Behind CRLF, or behind the command. */
        LINE_START,
        /** Within a line. */
        IN_LINE,
        /** Behind a CR within a line; it has been passed on, for it is content whatever follows. */
        CR,
        /** Behind a dot that began a line; it is dropped, whatever follows. */
        DOT,
        /** Behind a dot that began a line, and CR; this CR is held back. */
        DOT_CR
    }

    private State state = State.LINE_START;
    private boolean bareLineFeed;
    private boolean bareCarriageReturn;

    void begin() {
        state = State.LINE_START;
        bareLineFeed = false;
        bareCarriageReturn = false;
    }

    ContentFaults faults() {
        return bareLineFeed || bareCarriageReturn
                ? new ContentFaults(bareLineFeed, bareCarriageReturn) : ContentFaults.NONE;
    }

    /** Takes octets, passing on one run at most; true when it has taken the end of the content. */
    boolean step(ByteBuffer in, FrameSink sink) {
        switch (state) {
            case DOT -> afterDot(in);
            case DOT_CR -> {
                return afterDotCr(in, sink);
            }
            default -> run(in, sink);
        }
        return false;
    }

    private void afterDot(ByteBuffer in) {
        if (in.get(in.position()) == '\r') {
            in.position(in.position() + 1);
            state = State.DOT_CR;
        } else {
            state = State.IN_LINE;
        }
    }

    private boolean afterDotCr(ByteBuffer in, FrameSink sink) {
        if (in.get(in.position()) == '\n') {
            in.position(in.position() + 1);
            return true;
        }
        bareCarriageReturn = true;
        state = State.IN_LINE;
        sink.content(ByteBuffer.wrap(new byte[] {'\r'}));
        return false;
    }

    private void run(ByteBuffer in, FrameSink sink) {
        int start = in.position();
        int limit = in.limit();
        int i = start;
        while (i < limit && state != State.DOT) {
            i = next(in, i, limit);
        }
        int end = state == State.DOT ? i - 1 : i;
        if (end > start) {
            LineBytes.pass(in, start, end, sink);
        }
        in.position(i);
    }

    private int next(ByteBuffer in, int i, int limit) {
        if (state == State.CR) {
            return afterCr(in, i);
        }
        if (state == State.LINE_START && in.get(i) == '.') {
            state = State.DOT;
            return i + 1;
        }
        int found = LineBytes.endOfLines(in, i, limit);
        state = State.IN_LINE;
        if (found == limit) {
            return limit;
        }
        if (in.get(found) == '\n') {
            bareLineFeed = true;
            return found + 1;
        }
        state = State.CR;
        return found + 1 < limit ? afterCr(in, found + 1) : limit;
    }

    private int afterCr(ByteBuffer in, int i) {
        if (in.get(i) == '\n') {
            state = State.LINE_START;
            return i + 1;
        }
        bareCarriageReturn = true;
        state = State.IN_LINE;
        return i;
    }
}
