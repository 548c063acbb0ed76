package io.smtpra.compose;

import java.io.IOException;

/** A header holds a line break that would end it: what follows would be another header, or another recipient. */
public final class BrokenHeaderException extends IOException {

    private static final long serialVersionUID = 1L;

    private BrokenHeaderException(String name) {
        super("The header " + name + " holds a line break that is not followed by a space; what stands behind it would"
                + " become a header or a text of its own");
    }

    /** Refuses a header line whose line breaks are not those of folding (RFC 5322 section 2.2.3). */
    static void check(String line) throws BrokenHeaderException {
        if (line.indexOf('\r') < 0 && line.indexOf('\n') < 0) {
            return;
        }
        int length = line.length();
        for (int i = 0; i < length; i++) {
            char c = line.charAt(i);
            if (c == '\r' || c == '\n') {
                i += c == '\r' && i + 1 < length && line.charAt(i + 1) == '\n' ? 1 : 0;
                boolean folded = i + 1 < length && (line.charAt(i + 1) == ' ' || line.charAt(i + 1) == '\t');
                if (!folded) {
                    throw new BrokenHeaderException(name(line));
                }
            }
        }
    }

    /** What stands before the colon, but for what could break a log. */
    private static String name(String line) {
        int end = 0;
        while (end < line.length() && end < 80 && line.charAt(end) > ' ' && line.charAt(end) < 127
                && line.charAt(end) != ':') {
            end++;
        }
        return line.substring(0, end);
    }
}
