package io.smtpra.mailer;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An iCalendar object (RFC 5545) with a method (RFC 5546), as a mail program offers it to be accepted.
 *
 * @param method what it asks: {@code REQUEST}, {@code CANCEL}, {@code REPLY} and the like
 * @param text the object
 */
record CalendarObject(String method, String text) {

    private static final Pattern METHOD = Pattern.compile("(?im)^METHOD:([A-Z][A-Z-]{0,29})\\s*$");

    CalendarObject {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Reads the method out of an object.
     *
     * @throws IllegalArgumentException if it is none, or has no method
     */
    static CalendarObject of(String text) {
        Matcher matcher = METHOD.matcher(text);
        if (!text.strip().toUpperCase(Locale.ROOT).startsWith("BEGIN:VCALENDAR") || !matcher.find()) {
            throw new IllegalArgumentException(
                    "An invitation begins with BEGIN:VCALENDAR and has a METHOD (RFC 6047 section 2.4)");
        }
        return new CalendarObject(matcher.group(1).toUpperCase(Locale.ROOT), text);
    }
}
