package io.smtpra.ra.event;

/** Writes JSON (RFC 8259) on one line. The commas come by themselves. */
final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(512);

    JsonText begin() {
        separate();
        out.append('{');
        return this;
    }

    void end() {
        out.append('}');
    }

    JsonText beginList() {
        separate();
        out.append('[');
        return this;
    }

    void endList() {
        out.append(']');
    }

    /** The name of a member, whose value follows. */
    JsonText name(String name) {
        text(name);
        out.append(':');
        return this;
    }

    void text(String value) {
        separate();
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            character(value, i);
        }
        out.append('"');
    }

    void number(long value) {
        separate();
        out.append(value);
    }

    /** {@code true}, {@code false} or {@code null}. */
    void literal(String word) {
        separate();
        out.append(word);
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /** A value behind another one in the same object or list. */
    private void separate() {
        if (out.length() > 0) {
            char last = out.charAt(out.length() - 1);
            if (last != '{' && last != '[' && last != ':') {
                out.append(',');
            }
        }
    }

    /** Section 7, and besides all that a reader of lines may take for a line's end, or cannot be written in UTF-8. */
    private void character(String value, int at) {
        char c = value.charAt(at);
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || isLoneSurrogate(value, at)) {
            out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15))
                    .append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
        } else {
            out.append(c);
        }
    }

    private static boolean isLoneSurrogate(String value, int at) {
        char c = value.charAt(at);
        return Character.isHighSurrogate(c)
                        && (at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1)))
                || Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }
}
