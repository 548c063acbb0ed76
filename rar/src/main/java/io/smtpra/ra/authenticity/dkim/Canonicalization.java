package io.smtpra.ra.authenticity.dkim;

import java.util.Locale;

/** The forms in which header and body are signed, so that the signature survives what happens on the way. */
public enum Canonicalization {

    /** As they are, but for empty lines at the end of the body (RFC 6376 sections 3.4.1 and 3.4.3). */
    SIMPLE {
        @Override
        void write(HeaderFields.Field field, OctetBuffer out) {
            out.write(field.octets(), field.from(), field.to() - field.from());
        }
    },

    /** With white space that does not matter taken away (RFC 6376 sections 3.4.2 and 3.4.4). */
    RELAXED {
        @Override
        void write(HeaderFields.Field field, OctetBuffer out) {
            byte[] in = field.octets();
            for (int i = field.from(); i < field.nameEnd(); i++) {
                byte b = in[i];
                out.write(b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
            }
            out.write(':');
            boolean blank = false;
            int start = out.size();
            int end = field.to() - 2;
            for (int i = field.valueFrom(); i < end; i++) {
                byte b = in[i];
                if (b == '\r' && in[i + 1] == '\n') {
                    // The fold; white space is behind it.
                    i++;
                } else if (b == ' ' || b == '\t') {
                    blank = true;
                } else {
                    if (blank && out.size() > start) {
                        out.write(' ');
                    }
                    blank = false;
                    out.write(b);
                }
            }
            out.write('\r');
            out.write('\n');
        }
    };

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** Writes a header field in this form, with the line end behind it. */
    abstract void write(HeaderFields.Field field, OctetBuffer out);

    /** As the tag {@code c=} has it. */
    String keyword() {
        return keyword;
    }
}
