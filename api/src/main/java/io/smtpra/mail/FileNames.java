package io.smtpra.mail;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes names for files out of what a sender calls them. */
final class FileNames {

    /** What file systems take: 255 octets. */
    private static final int LONGEST = 255;
    private static final int LONGEST_EXTENSION = 16;
    private static final String NOT_IN_WINDOWS = "<>:\"|?*";
    private static final Pattern DEVICES =
            Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("text/plain", "txt"), Map.entry("text/html", "html"), Map.entry("text/calendar", "ics"),
            Map.entry("text/csv", "csv"), Map.entry("text/rfc822-headers", "txt"),
            Map.entry("message/rfc822", "eml"), Map.entry("message/global", "eml"),
            Map.entry("message/delivery-status", "txt"), Map.entry("message/global-delivery-status", "txt"),
            Map.entry("message/disposition-notification", "txt"),
            Map.entry("application/pdf", "pdf"), Map.entry("application/zip", "zip"),
            Map.entry("application/json", "json"), Map.entry("application/xml", "xml"), Map.entry("text/xml", "xml"),
            Map.entry("application/ms-tnef", "dat"),
            Map.entry("application/pgp-signature", "asc"), Map.entry("application/pkcs7-signature", "p7s"),
            Map.entry("application/pkcs7-mime", "p7m"),
            Map.entry("image/jpeg", "jpg"), Map.entry("image/png", "png"), Map.entry("image/gif", "gif"),
            Map.entry("image/tiff", "tif"), Map.entry("image/svg+xml", "svg"),
            Map.entry("audio/mpeg", "mp3"), Map.entry("audio/wav", "wav"), Map.entry("video/mp4", "mp4"));

    private FileNames() {}

    /** A name that can be given to a file in any file system; empty if nothing of it can. */
    static Optional<String> safe(String given) {
        int path = Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\'));
        StringBuilder name = new StringBuilder();
        given.substring(path + 1).codePoints().forEach(c -> {
            if (NOT_IN_WINDOWS.indexOf(c) >= 0) {
                name.append('_');
            } else if (isVisible(c)) {
                name.appendCodePoint(c);
            }
        });
        String normal = trimmed(Normalizer.normalize(name, Normalizer.Form.NFC));
        if (normal.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(shortened(DEVICES.matcher(normal).matches() ? "_" + normal : normal));
    }

    /** A name for what has none. */
    static String made(String type) {
        return "unnamed." + EXTENSIONS.getOrDefault(type, "bin");
    }

    /** Neither control characters nor those that turn the direction of writing, behind which another name hides. */
    private static boolean isVisible(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
    }

    /** Windows drops dots and spaces at the end; a dot at the beginning hides a file. */
    private static String trimmed(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && isEdge(name.charAt(from))) {
            from++;
        }
        while (to > from && isEdge(name.charAt(to - 1))) {
            to--;
        }
        return name.substring(from, to);
    }

    private static boolean isEdge(char c) {
        return c == '.' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String shortened(String name) {
        if (octets(name) <= LONGEST) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && octets(name.substring(dot)) <= LONGEST_EXTENSION ? name.substring(dot) : "";
        StringBuilder start = new StringBuilder();
        int room = LONGEST - octets(extension);
        for (int i = 0; i < name.length(); ) {
            String next = new String(Character.toChars(name.codePointAt(i)));
            room -= octets(next);
            if (room < 0) {
                break;
            }
            start.append(next);
            i += next.length();
        }
        return trimmed(start.toString()) + extension;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
