package io.smtpra.mailer;

import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a file is: by its name, and a picture by its first octets. */
final class FileTypes {

    private static final String UNKNOWN = "application/octet-stream";
    /** What the JDK's own table does not have. */
    private static final Map<String, String> BY_EXTENSION = Map.of(
            "ics", "text/calendar; charset=utf-8", "csv", "text/csv; charset=utf-8",
            "md", "text/markdown; charset=utf-8",
            "json", "application/json", "webp", "image/webp", "svg", "image/svg+xml", "zip", "application/zip",
            "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation");

    private FileTypes() {}

    /** The type that files of such a name have. */
    static String ofName(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(BY_EXTENSION.get(extension))
                .or(() -> Optional.ofNullable(URLConnection.guessContentTypeFromName(name)))
                .filter(type -> !type.startsWith("multipart/") && !type.startsWith("message/"))
                .orElse(UNKNOWN);
    }

    /**
     * The type of a picture.
     *
     * @throws IllegalArgumentException if it is none that is known
     */
    static String ofPicture(byte[] octets) {
        String start = new String(octets, 0, Math.min(octets.length, 256), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG\r\n")) {
            return "image/png";
        } else if (start.startsWith("\u00FF\u00D8\u00FF")) {
            return "image/jpeg";
        } else if (start.startsWith("GIF8")) {
            return "image/gif";
        } else if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return "image/webp";
        } else if (start.contains("<svg")) {
            return "image/svg+xml";
        }
        throw new IllegalArgumentException(
                "This is no PNG, JPEG, GIF, WebP or SVG: say its type, as inline(\"logo\", content, \"image/tiff\")");
    }

    /** The usual extension of a picture's type. */
    static String extension(String type) {
        String subtype = type.replaceFirst(";.*", "").replaceFirst(".*/", "").replaceFirst("\\+.*", "").strip();
        return Arrays.asList("jpeg", "pjpeg").contains(subtype) ? "jpg" : subtype;
    }
}
