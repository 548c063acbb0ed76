package io.smtpra.ra.inbound.listener.framing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a decoder and notes what it finds. A line {@code DATA} makes it expect text, whose line ends it mends if told
 * so, {@code BDAT n} a chunk.
 */
final class Frames implements FrameSink {

    private final SmtpFrameDecoder decoder = new SmtpFrameDecoder();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final List<String> found = new ArrayList<>();
    private final boolean mended;

    Frames() {
        this(false);
    }

    private Frames(boolean mended) {
        this.mended = mended;
    }

    static List<String> of(String... pieces) {
        return of(new Frames(), pieces);
    }

    /** With the line ends of text mended. */
    static List<String> mended(String... pieces) {
        return of(new Frames(true), pieces);
    }

    private static List<String> of(Frames frames, String... pieces) {
        for (String piece : pieces) {
            frames.feed(ByteBuffer.wrap(piece.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return frames.found();
    }

    void feed(ByteBuffer in) {
        while (decoder.ready(in)) {
            decoder.step(in, this);
        }
    }

    /** What was found, and at its end what has not ended. */
    List<String> found() {
        List<String> all = new ArrayList<>(found);
        if (content.size() > 0) {
            all.add("unfinished " + content.toString(StandardCharsets.ISO_8859_1));
        }
        return all;
    }

    @Override
    public void line(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        found.add("line " + text);
        if (text.equals("DATA")) {
            decoder.expectText(mended);
        } else if (text.startsWith("BDAT ")) {
            decoder.expectChunk(Long.parseLong(text.substring(5)));
        }
    }

    @Override
    public void faultyLine(LineFault fault) {
        found.add(fault.toString());
    }

    @Override
    public void content(ByteBuffer octets) {
        while (octets.hasRemaining()) {
            content.write(octets.get());
        }
    }

    @Override
    public void contentEnd(ContentFaults faults) {
        found.add((faults.bareLineFeed() ? "bare LF " : "") + (faults.bareCarriageReturn() ? "bare CR " : "")
                + "content "
                + content.toString(StandardCharsets.ISO_8859_1));
        content.reset();
    }
}
