package io.smtpra.ra.inbound.listener.framing;

import java.nio.ByteBuffer;

/**
 * Finds the end of the content of {@code DATA} and undoes dot-stuffing (RFC 5321 section 4.5.2) for those who end lines
 * with a CR or a LF alone: each of these becomes CRLF, and what follows it is a line, whose first dot is dropped. Only
 * CRLF.CRLF, as it was sent, ends the content: a dot alone between any other line ends leaves an empty line.
 */
final class MendingDotDecoder {

    private static final byte[] CRLF = {'\r', '\n'};

    private enum State {
        /** Behind CRLF, or behind the command. */
        LINE_START,
        /** Behind a CR or LF alone, which has become CRLF. */
        MENDED_START,
        /** Within a line. */
        IN_LINE,
        /** Behind a CR that has not been passed on. */
        CR,
        /** Behind a dot that began a line behind CRLF; it is dropped, whatever follows. */
        DOT,
        /** Behind such a dot, and CR, which has not been passed on. */
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

    /** What was mended. */
    ContentFaults faults() {
        return bareLineFeed || bareCarriageReturn
                ? new ContentFaults(bareLineFeed, bareCarriageReturn) : ContentFaults.NONE;
    }

    /** Takes octets, passing on one run at most; true when it has taken the end of the content. */
    boolean step(ByteBuffer in, FrameSink sink) {
        byte next = in.get(in.position());
        switch (state) {
            case LINE_START, MENDED_START -> lineStart(in, next);
            case DOT -> {
                state = next == '\r' ? State.DOT_CR : State.IN_LINE;
                if (next == '\r') {
                    skip(in);
                }
            }
            case DOT_CR -> {
                if (next == '\n') {
                    skip(in);
                    return true;
                }
                endLine(sink, State.MENDED_START);
                bareCarriageReturn = true;
            }
            case CR -> afterCr(in, next, sink);
            case IN_LINE -> inLine(in, sink);
        }
        return false;
    }

    private void lineStart(ByteBuffer in, byte next) {
        if (next != '.') {
            state = State.IN_LINE;
            return;
        }
        skip(in);
        state = state == State.LINE_START ? State.DOT : State.IN_LINE;
    }

    private void afterCr(ByteBuffer in, byte next, FrameSink sink) {
        if (next == '\n') {
            skip(in);
            endLine(sink, State.LINE_START);
        } else {
            bareCarriageReturn = true;
            endLine(sink, State.MENDED_START);
        }
    }

    private void inLine(ByteBuffer in, FrameSink sink) {
        int start = in.position();
        int end = LineBytes.endOfLines(in, start, in.limit());
        if (end > start) {
            LineBytes.pass(in, start, end, sink);
        } else if (in.get(start) == '\r') {
            skip(in);
            state = State.CR;
        } else {
            skip(in);
            bareLineFeed = true;
            endLine(sink, State.MENDED_START);
        }
    }

    private void endLine(FrameSink sink, State after) {
        state = after;
        sink.content(ByteBuffer.wrap(CRLF));
    }

    private static void skip(ByteBuffer in) {
        in.position(in.position() + 1);
    }
}
