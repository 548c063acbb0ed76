package io.smtpra.web.answer;

import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * An image of a mail that its HTML shows by the content id (RFC 2392).
 *
 * @param type the media type that the mail names, with or without parameters
 * @param octets the image, decoded
 */
public record InlineImage(String type, byte[] octets) {

    private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    /** The media type alone, in lower case. */
    static String bare(String type) {
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a page may show a part of this type: as what each browser draws, and none runs. */
    static boolean isShown(String type) {
        return SHOWN.contains(bare(type));
    }

    /** The image as an address that needs no request (RFC 2397). */
    String dataAddress() {
        return "data:" + bare(type) + ";base64," + Base64.getEncoder().encodeToString(octets);
    }
}
