package io.smtpra.ra.telemetry;

/** Makes texts fit for an event, whoever has written them. */
public final class EventText {

    private static final int LONGEST = 320;

    private EventText() {}

    /** The text without control characters, a question mark in the place of each, and not longer than 320 characters. */
    public static String clean(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return cut.chars().anyMatch(Character::isISOControl) ? cut.replaceAll("\\p{Cntrl}", "?") : cut;
    }
}
