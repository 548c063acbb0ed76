package io.smtpra.web.answer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of something, as a browser asks for it (RFC 9110 section 14.1.2).
 *
 * @param first the first octet, from 0
 * @param last the last octet
 */
record ByteRange(long first, long last) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** What is asked for. */
    sealed interface Wanted {
    }

    /** All of it: nothing else was asked for, or something that need not be understood. */
    record Everything() implements Wanted {
    }

    /** A part. */
    record Some(ByteRange range) implements Wanted {
    }

    /** A part that is not there. */
    record Nothing() implements Wanted {
    }

    /** Reads the header. Several ranges at once need not be served, so all is. */
    static Wanted parse(Optional<String> header, long size) {
        Matcher matcher = ONE.matcher(header.orElse("").strip());
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            return new Everything();
        }
        if (matcher.group(1).isEmpty()) {
            long length = Math.min(size, Long.parseLong(matcher.group(2)));
            return length == 0 ? new Nothing() : new Some(new ByteRange(size - length, size - 1));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
            return new Everything();
        }
        return first >= size ? new Nothing() : new Some(new ByteRange(first, last));
    }

    long length() {
        return last - first + 1;
    }
}
