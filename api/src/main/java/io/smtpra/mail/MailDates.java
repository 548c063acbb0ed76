package io.smtpra.mail;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads dates of headers (RFC 5322 section 3.3), and what is sent instead of them. */
final class MailDates {

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    /** Day, month, year, hours, minutes, seconds if they are there, zone if it is there. */
    private static final Pattern USUAL = Pattern.compile(
            "(\\d{1,2})[ -]([a-z]{3})[a-z]*\\.?[ -](\\d{2,4}),? +(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2}))?(?:[.]\\d+)?"
                    + " *(?:(?:gmt|utc)(?=[+-]))?([a-z]{1,5}|[+-]\\d{2}:\\d{2}|[+-] ?\\d{1,4})?");
    /** As C's {@code asctime} writes it. */
    private static final Pattern AMERICAN = Pattern.compile(
            "([a-z]{3})[a-z]* +(\\d{1,2}) +(\\d{1,2}):(\\d{2}):(\\d{2})(?: +([a-z]{1,5}|[+-]\\d{4}))? +(\\d{4})");
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})-(\\d{2})-(\\d{2})[t ](\\d{2}):(\\d{2})(?::(\\d{2}))?(?:[.]\\d+)? *(z|[+-]\\d{2}:?\\d{2})?");
    private static final Map<String, Integer> ZONES = Map.ofEntries(
            Map.entry("est", -5), Map.entry("edt", -4), Map.entry("cst", -6), Map.entry("cdt", -5),
            Map.entry("mst", -7), Map.entry("mdt", -6), Map.entry("pst", -8), Map.entry("pdt", -7),
            Map.entry("cet", 1), Map.entry("met", 1), Map.entry("cest", 2), Map.entry("bst", 1), Map.entry("jst", 9));
    private static final int LONGEST = 200;

    private MailDates() {}

    static Optional<OffsetDateTime> parse(String value) {
        String text = value.substring(0, Math.min(value.length(), LONGEST)).replace('\t', ' ').toLowerCase(Locale.ROOT)
                .replaceAll("\\([^)]*\\)?", " ").replaceAll(" +", " ");
        try {
            Matcher usual = USUAL.matcher(text);
            if (usual.find()) {
                return Optional.of(date(usual.group(3), month(usual.group(2)), usual.group(1), usual.group(4),
                        usual.group(5), usual.group(6), usual.group(7)));
            }
            Matcher american = AMERICAN.matcher(text);
            if (american.find()) {
                return Optional.of(date(american.group(7), month(american.group(1)), american.group(2),
                        american.group(3), american.group(4), american.group(5), american.group(6)));
            }
            Matcher iso = ISO.matcher(text);
            if (iso.find()) {
                return Optional.of(date(iso.group(1), Integer.parseInt(iso.group(2)), iso.group(3), iso.group(4),
                        iso.group(5), iso.group(6), iso.group(7)));
            }
        } catch (DateTimeException e) {
            // a day or an hour that there is not
        }
        return Optional.empty();
    }

    private static OffsetDateTime date(String year, int month, String day, String hour, String minute, String second,
            String zone) {
        // a leap second is the second before
        int seconds = second == null ? 0 : Math.min(59, Integer.parseInt(second));
        return OffsetDateTime.of(year(year), month, Integer.parseInt(day), Integer.parseInt(hour),
                Integer.parseInt(minute), seconds, 0, zone(zone == null ? "" : zone.replaceAll("[ :]", "")));
    }

    /** RFC 5322 section 4.3: two digits below 50 are of this century, three count from 1900. */
    private static int year(String text) {
        int year = Integer.parseInt(text);
        return text.length() == 2 && year < 50 ? 2000 + year : text.length() < 4 ? 1900 + year : year;
    }

    private static int month(String name) {
        int at = MONTHS.indexOf(name);
        if (at < 0 || at % 3 != 0) {
            throw new DateTimeException("Not a month");
        }
        return at / 3 + 1;
    }

    /** A zone that nobody knows is UTC (RFC 5322 section 4.3). */
    private static ZoneOffset zone(String text) {
        if (text.startsWith("+") || text.startsWith("-")) {
            int number = Integer.parseInt(text.substring(1));
            int hours = text.length() <= 3 ? number : number / 100;
            int minutes = text.length() <= 3 ? 0 : number % 100;
            boolean possible = hours <= 18 && minutes < 60 && hours * 60 + minutes <= 18 * 60;
            int sign = text.startsWith("-") ? -1 : 1;
            return possible ? ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes) : ZoneOffset.UTC;
        }
        return ZoneOffset.ofHours(ZONES.getOrDefault(text, 0));
    }
}
