package io.smtpra.ra.inbound.listener.framing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts the octets of a connection into command lines and content. A command line ends in CRLF and in nothing else, and
 * so does each line of content (RFC 5321 section 2.3.8): who takes a bare CR or LF for a line end lets mail be smuggled
 * in.
 *
 * <p>Holds no more than one unfinished command line. Each step makes at most one frame, so that the owner can stop
 * between two.
 */
public final class SmtpFrameDecoder {

    /** Longest command line with its CRLF: RFC 4954 section 4 asks for 12,288 octets, the longest of all. */
    static final int MAX_LINE = 12_288;

    private static final int FIRST_PARTIAL = 256;
    private static final byte[] NOTHING = {};

    private enum Mode { LINE, DISCARDED_LINE, TEXT, MENDED_TEXT, CHUNK }

    private final DotDecoder text = new DotDecoder();
    private final MendingDotDecoder mendedText = new MendingDotDecoder();
    private Mode mode = Mode.LINE;
    private byte[] partial = NOTHING;
    private int partialLength;
    private boolean discardedCr;
    /** What is said of a discarded line at its end, if it has not been said at once. */
    private Optional<LineFault> discarded = Optional.empty();
    private long chunkRest;

    /** From the next octet on: lines up to CRLF.CRLF, whose ends are mended if wanted. */
    public void expectText(boolean lineEndsMended) {
        mode = lineEndsMended ? Mode.MENDED_TEXT : Mode.TEXT;
        text.begin();
        mendedText.begin();
    }

    /** From the next octet on: so many octets, whatever they are. */
    public void expectChunk(long octets) {
        mode = Mode.CHUNK;
        chunkRest = octets;
    }

    /** Whether {@link #step} would get any further. */
    public boolean ready(ByteBuffer in) {
        return in.hasRemaining() || mode == Mode.CHUNK && chunkRest == 0;
    }

    /** Takes octets up to the end of a frame, or all of them; makes one frame at most. */
    public void step(ByteBuffer in, FrameSink sink) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        switch (mode) {
            case LINE -> line(in, sink);
            case DISCARDED_LINE -> discardLine(in, sink);
            case TEXT -> text(in, sink);
            case MENDED_TEXT -> mendedText(in, sink);
            case CHUNK -> chunk(in, sink);
        }
    }

    private void line(ByteBuffer in, FrameSink sink) {
        int start = in.position();
        int lineFeed = indexOfLineFeed(in);
        int found = (lineFeed < 0 ? in.limit() : lineFeed + 1) - start;
        if (partialLength + found > MAX_LINE) {
            discard(Optional.of(LineFault.TOO_LONG), endsInCr());
            discardLine(in, sink);
        } else if (lineFeed < 0) {
            keep(in, found);
        } else if (lineFeed == start ? endsInCr() : in.get(lineFeed - 1) == '\r') {
            finishLine(in, found, sink);
        } else {
            in.position(lineFeed + 1);
            discard(Optional.empty(), false);
            sink.faultyLine(LineFault.BARE_LF);
        }
    }

    private boolean endsInCr() {
        return partialLength > 0 && partial[partialLength - 1] == '\r';
    }

    /** Throws away what there is of the line, and what will come of it. */
    private void discard(Optional<LineFault> atItsEnd, boolean afterCr) {
        dropPartial();
        mode = Mode.DISCARDED_LINE;
        discarded = atItsEnd;
        discardedCr = afterCr;
    }

    private void dropPartial() {
        partial = NOTHING;
        partialLength = 0;
    }

    private void finishLine(ByteBuffer in, int found, FrameSink sink) {
        int length = partialLength + found - 2;
        byte[] line = Arrays.copyOf(partial, length);
        int fromInput = length - partialLength;
        if (fromInput > 0) {
            in.get(line, partialLength, fromInput);
            in.position(in.position() + 2);
        } else {
            in.position(in.position() + found);
        }
        dropPartial();
        if (hasCr(line)) {
            sink.faultyLine(LineFault.BARE_CR);
        } else {
            sink.line(line);
        }
    }

    private void keep(ByteBuffer in, int count) {
        int needed = partialLength + count;
        if (needed > partial.length) {
            int doubled = Math.max(FIRST_PARTIAL, partial.length * 2);
            partial = Arrays.copyOf(partial, Math.min(MAX_LINE, Math.max(needed, doubled)));
        }
        in.get(partial, partialLength, count);
        partialLength = needed;
    }

    private void discardLine(ByteBuffer in, FrameSink sink) {
        int end = indexOfLineEnd(in, discardedCr);
        if (end >= 0) {
            in.position(end);
            mode = Mode.LINE;
            discarded.ifPresent(sink::faultyLine);
        } else {
            discardedCr = in.get(in.limit() - 1) == '\r';
            in.position(in.limit());
        }
    }

    private void text(ByteBuffer in, FrameSink sink) {
        if (text.step(in, sink)) {
            mode = Mode.LINE;
            sink.contentEnd(text.faults());
        }
    }

    private void mendedText(ByteBuffer in, FrameSink sink) {
        if (mendedText.step(in, sink)) {
            mode = Mode.LINE;
            sink.contentEnd(mendedText.faults());
        }
    }

    private void chunk(ByteBuffer in, FrameSink sink) {
        if (chunkRest == 0) {
            mode = Mode.LINE;
            sink.contentEnd(ContentFaults.NONE);
            return;
        }
        int end = in.position() + (int) Math.min(chunkRest, in.remaining());
        chunkRest -= end - in.position();
        LineBytes.pass(in, in.position(), end, sink);
    }

    /** The index behind the first LF that follows a CR, or -1. */
    private static int indexOfLineEnd(ByteBuffer in, boolean afterCr) {
        int start = in.position();
        int limit = in.limit();
        for (int i = LineBytes.indexOf(in, start, limit); i < limit; i = LineBytes.indexOf(in, i + 1, limit)) {
            if (in.get(i) == '\n' && (i == start ? afterCr : in.get(i - 1) == '\r')) {
                return i + 1;
            }
        }
        return -1;
    }

    private static int indexOfLineFeed(ByteBuffer in) {
        int limit = in.limit();
        int i = LineBytes.indexOf(in, in.position(), limit);
        while (i < limit && in.get(i) != '\n') {
            i = LineBytes.indexOf(in, i + 1, limit);
        }
        return i < limit ? i : -1;
    }

    private static boolean hasCr(byte[] line) {
        for (byte octet : line) {
            if (octet == '\r') {
                return true;
            }
        }
        return false;
    }
}
