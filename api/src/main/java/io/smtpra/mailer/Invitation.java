package io.smtpra.mailer;

import io.smtpra.mail.MailAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An event to which a mail invites: its author is the organiser, who is in To and Cc is asked to come (RFC 5546). Mail
 * programs offer to accept it, and put it into the calendar.
 *
 * <pre>{@code
 * Invitation handover = Invitation.to("Handover", start, end).location("Room 1");
 * mailer.send(Mail.from("shop@example.com").to("jane@example.org").subject("Handover").text("…").invite(handover));
 * }</pre>
 *
 * <p>An event is known by its id: to move it or to cancel it, send the same invitation
 * {@linkplain #sequence(int) with a higher sequence}.
 *
 * @param uid the event's id, unique in the world: 1 to 255 printable characters of ASCII
 * @param sequence which version this is, from 0
 * @param cancelled whether it does not take place
 * @param summary what it is: one line of 1 to 998 characters
 * @param start when it begins
 * @param end when it ends, after the start
 * @param location where it is; empty if that is not said
 * @param description more about it, lines; empty if there is none
 */
public record Invitation(String uid, int sequence, boolean cancelled, String summary, Instant start, Instant end,
        String location, String description) {

    private static final int LONGEST_LINE = 998;
    private static final int LONGEST_UID = 255;
    /** RFC 5545 section 3.1: octets of a line, of which the next one begins with a blank. */
    private static final int WIDTH = 75;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is not kept
     */
    public Invitation {
        Objects.requireNonNull(description, "description");
        AddressText.oneLine("summary", summary, LONGEST_LINE);
        AddressText.oneLine("location", location, LONGEST_LINE);
        if (uid.isEmpty() || uid.length() > LONGEST_UID || !uid.chars().allMatch(c -> c > 32 && c < 127)) {
            throw new IllegalArgumentException("uid: 1 to " + LONGEST_UID + " printable characters of ASCII");
        }
        if (summary.isBlank() || sequence < 0 || !end.isAfter(start)) {
            throw new IllegalArgumentException(
                    "An event has a summary, a sequence of 0 or more, and ends after it has begun");
        }
    }

    /**
     * An invitation to a new event.
     *
     * @param summary what it is
     * @param start when it begins
     * @param end when it ends
     * @return the invitation, with an id of its own
     * @throws IllegalArgumentException if it has no summary, or does not end after it has begun
     */
    public static Invitation to(String summary, Instant start, Instant end) {
        return new Invitation(UUID.randomUUID().toString(), 0, false, summary, start, end, "", "");
    }

    /**
     * The same event by another id, one that the application knows it by.
     *
     * @param id as {@code order-7@example.com}
     * @return an invitation
     */
    public Invitation uid(String id) {
        return new Invitation(id, sequence, cancelled, summary, start, end, location, description);
    }

    /**
     * A later version of the same event.
     *
     * @param version higher than any that was sent
     * @return an invitation
     */
    public Invitation sequence(int version) {
        return new Invitation(uid, version, cancelled, summary, start, end, location, description);
    }

    /**
     * Takes the invitation back.
     *
     * @return the next version of the event, which does not take place
     */
    public Invitation cancel() {
        return new Invitation(uid, sequence + 1, true, summary, start, end, location, description);
    }

    /**
     * Says where it is.
     *
     * @param place one line
     * @return an invitation
     */
    public Invitation location(String place) {
        return new Invitation(uid, sequence, cancelled, summary, start, end, place, description);
    }

    /**
     * Says more about it.
     *
     * @param lines text
     * @return an invitation
     */
    public Invitation description(String lines) {
        return new Invitation(uid, sequence, cancelled, summary, start, end, location, lines);
    }

    /** The event as an iCalendar object (RFC 5545), of the mail's author for its recipients. */
    CalendarObject calendar(OutgoingHeader mail) {
        String method = cancelled ? "CANCEL" : "REQUEST";
        StringBuilder text = new StringBuilder();
        line(text, "BEGIN:VCALENDAR");
        line(text, "VERSION:2.0");
        line(text, "PRODID:-//smtp-ra//Mailer//EN");
        line(text, "METHOD:" + method);
        line(text, "BEGIN:VEVENT");
        line(text, "UID:" + uid);
        line(text, "SEQUENCE:" + sequence);
        line(text, "DTSTAMP:" + UTC.format(mail.date()));
        line(text, "DTSTART:" + UTC.format(start));
        line(text, "DTEND:" + UTC.format(end));
        line(text, "SUMMARY:" + escaped(summary));
        optionalLine(text, "LOCATION:", location);
        optionalLine(text, "DESCRIPTION:", description);
        line(text, "STATUS:" + (cancelled ? "CANCELLED" : "CONFIRMED"));
        line(text, "ORGANIZER" + person(mail.from()));
        Stream.concat(mail.to().stream(), mail.cc().stream()).forEach(person -> line(text,
                "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE" + person(person)));
        line(text, "END:VEVENT");
        line(text, "END:VCALENDAR");
        return new CalendarObject(method, text.toString());
    }

    private static void optionalLine(StringBuilder text, String property, String value) {
        if (!value.isEmpty()) {
            line(text, property + escaped(value));
        }
    }

    /** Quotes cannot stand in a parameter (RFC 5545 section 3.2). */
    private static String person(MailAddress person) {
        String name = person.name().isEmpty() ? "" : ";CN=\"" + person.name().replace('"', '\'') + "\"";
        return name + ":mailto:" + person.mailbox().orElseThrow().toAscii();
    }

    /** RFC 5545 section 3.3.11. */
    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        value.replace("\r\n", "\n").replace('\r', '\n').codePoints().forEach(c -> {
            if (c == '\n') {
                escaped.append("\\n");
            } else if (c == '\\' || c == ';' || c == ',') {
                escaped.append('\\').appendCodePoint(c);
            } else if (!Character.isISOControl(c) || c == '\t') {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static void line(StringBuilder text, String line) {
        int octets = 0;
        for (int i = 0; i < line.length();) {
            String next = Character.toString(line.codePointAt(i));
            int length = next.getBytes(StandardCharsets.UTF_8).length;
            if (octets + length > WIDTH) {
                text.append("\r\n ");
                octets = 1;
            }
            text.append(next);
            octets += length;
            i += next.length();
        }
        text.append("\r\n");
    }

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
}
