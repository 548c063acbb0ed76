package io.smtpra.ra.inbound.listener.framing;

import java.nio.ByteBuffer;

/** Takes what the decoder finds, one frame a step. */
public interface FrameSink {

    /** A command line, without its CRLF. */
    void line(byte[] line);

    /** A command line that is no line. */
    void faultyLine(LineFault fault);

    /** A run of content, dot-stuffing undone; valid during the call alone. */
    void content(ByteBuffer octets);

    /** The end of the content. */
    void contentEnd(ContentFaults faults);
}
