package io.smtpra.ra.inbound.listener.framing;

/** What may be wrong with the form of a command line. */
public enum LineFault {
    /** It was longer than the listener takes; it was discarded up to its CRLF. */
    TOO_LONG,
    /** It held a CR that was not part of its CRLF (RFC 5321 section 2.3.8). */
    BARE_CR,
    /**
     * It holds a LF without a CR before it, and is discarded up to a CRLF. Most likely the client ends all its lines so
     * and waits for an answer: this is told at once.
     */
    BARE_LF
}
