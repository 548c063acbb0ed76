package io.smtpra.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Decodes quoted-printable (RFC 2045 section 6.7): white space at the end of a line goes, and an equals sign that
 * begins nothing stays what it is.
 */
final class QuotedPrintableStream extends InputStream {

    private static final int SIZE = 8 * 1024;
    /** White space at the end of a line beyond that is kept: it was not added on the way. */
    private static final int MOST_WHITE = 1000;
    private static final int NONE = -2;

    private final InputStream source;
    private final byte[] encoded = new byte[SIZE];
    private int next;
    private int filled;
    /** Octets that were looked at and turned out to be literal, or white space that was not at the end of a line. */
    private final byte[] pending = new byte[MOST_WHITE + 4];
    private int pendingNext;
    private int pendingEnd;
    private int ahead = NONE;

    QuotedPrintableStream(InputStream source) {
        this.source = source;
    }

    /** The octet that two hexadecimal digits make; -1 if they are none. */
    static int hex(int first, int second) {
        int high = Character.digit(first, 16);
        int low = Character.digit(second, 16);
        return high < 0 || low < 0 || first > 'f' || second > 'f' ? -1 : high << 4 | low;
    }

    @Override
    public int read() throws IOException {
        while (true) {
            if (pendingNext < pendingEnd) {
                return pending[pendingNext++] & 0xFF;
            }
            int octet = raw();
            if (octet == '=') {
                int decoded = afterEquals();
                if (decoded != NONE) {
                    return decoded;
                }
            } else if (octet == ' ' || octet == '\t') {
                white(octet);
            } else {
                return octet;
            }
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        int done = 0;
        while (done < length) {
            int octet = read();
            if (octet < 0) {
                return done == 0 ? -1 : done;
            }
            target[offset + done++] = (byte) octet;
        }
        return done;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** An octet, or none for a line that goes on; what was no code is pending. */
    private int afterEquals() throws IOException {
        int first = raw();
        int white = 0;
        while ((first == ' ' || first == '\t') && white < MOST_WHITE) {
            pending[white++] = (byte) first;
            first = raw();
        }
        if (first == '\r') {
            int second = raw();
            if (second != '\n') {
                ahead = second;
            }
            return NONE;
        }
        if (first == '\n' || first < 0) {
            return NONE;
        }
        if (white > 0) {
            pendingNext = 0;
            pendingEnd = white;
            ahead = first;
            return '=';
        }
        int second = raw();
        int octet = hex(first, second);
        if (octet < 0) {
            pendingNext = 0;
            pendingEnd = 1;
            pending[0] = (byte) first;
            ahead = second;
            return '=';
        }
        return octet;
    }

    private void white(int begin) throws IOException {
        int count = 0;
        int octet = begin;
        while ((octet == ' ' || octet == '\t') && count < MOST_WHITE) {
            pending[count++] = (byte) octet;
            octet = raw();
        }
        pendingNext = 0;
        pendingEnd = octet == '\r' || octet == '\n' || octet < 0 ? 0 : count;
        ahead = octet;
    }

    private int raw() throws IOException {
        if (ahead != NONE) {
            int octet = ahead;
            ahead = NONE;
            return octet;
        }
        if (next == filled) {
            next = 0;
            filled = Math.max(0, source.read(encoded, 0, SIZE));
            if (filled == 0) {
                return -1;
            }
        }
        return encoded[next++] & 0xFF;
    }
}
