package io.smtpra.ra.outbound.form;

import io.smtpra.SmtpException;
import io.smtpra.ra.client.transfer.ContentSink;

/**
 * Gives every line the end it must have: a bare LF or a bare CR becomes CRLF, and the last line ends too (RFC 5321
 * section 2.3.8); and stuffs dots if wanted (section 4.5.2). Octets are passed on in runs, and however the content is
 * cut into parts, the same comes out.
 */
final class LineRepair {

    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] DOT = {'.'};

    private final ContentSink out;
    private final boolean stuffing;
    private boolean afterCr;
    private boolean atLineStart = true;

    LineRepair(ContentSink out, boolean stuffing) {
        this.out = out;
        this.stuffing = stuffing;
    }

    /** Takes the next part of the content. */
    void write(byte[] in, int from, int to) throws SmtpException {
        int run = from;
        int i = from;
        if (afterCr && i < to) {
            run = in[i] == '\n' ? i + 1 : i;
            i = run;
            endLine();
        }
        while (i < to) {
            if (atLineStart && stuffing && in[i] == '.') {
                pass(in, run, i);
                run = i;
                out.put(DOT, 0, 1);
            }
            int start = i;
            while (i < to && (in[i] > '\r' || in[i] != '\r' && in[i] != '\n')) {
                i++;
            }
            atLineStart &= i == start;
            if (i == to) {
                break;
            }
            if (in[i] == '\r' && i + 1 == to) {
                // What comes next decides whether it is bare: keep it back.
                pass(in, run, i);
                afterCr = true;
                return;
            }
            if (in[i] == '\r' && in[i + 1] == '\n') {
                i += 2;
                atLineStart = true;
            } else {
                pass(in, run, i);
                run = ++i;
                endLine();
            }
        }
        pass(in, run, to);
    }

    /** Ends the last line. */
    void end() throws SmtpException {
        if (afterCr || !atLineStart) {
            endLine();
        }
    }

    private void endLine() throws SmtpException {
        out.put(CRLF, 0, 2);
        afterCr = false;
        atLineStart = true;
    }

    private void pass(byte[] in, int from, int to) throws SmtpException {
        if (to > from) {
            out.put(in, from, to - from);
        }
    }
}
