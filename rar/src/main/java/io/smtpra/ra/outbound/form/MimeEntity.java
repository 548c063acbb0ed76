package io.smtpra.ra.outbound.form;

import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message or a part of one, as its header tells it (RFC 2045, RFC 2046). */
final class MimeEntity {

    /** What the content of an entity is. */
    enum Kind { LEAF, MULTIPART, MESSAGE }

    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary\\s*=\\s*\"?([^\";\\s]+)");

    /** The place in the mail, from 0, in the order of the headers. */
    final int index;
    final Optional<MimeEntity> parent;
    final Kind kind;
    /** As {@code text/plain}, in small letters. */
    final String type;
    /** The transfer encoding, in small letters. */
    final String encoding;
    /** Between two hyphens and these stand the parts; empty if there are none. */
    final byte[] boundary;
    /** Whether a signature is over its octets. */
    final boolean signed;

    MimeEntity(int index, Optional<MimeEntity> parent, List<String> header) {
        this.index = index;
        this.parent = parent;
        String value = field(header, "Content-Type").orElse("text/plain");
        type = value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        encoding = field(header, "Content-Transfer-Encoding").orElse("7bit").trim().toLowerCase(Locale.ROOT);
        boundary = type.startsWith("multipart/") ? boundary(value) : new byte[0];
        if (boundary.length > 0) {
            kind = Kind.MULTIPART;
        } else {
            kind = type.equals("message/rfc822") && isIdentity() ? Kind.MESSAGE : Kind.LEAF;
        }
        signed = parent.filter(above -> above.signed || above.type.equals("multipart/signed")).isPresent();
    }

    /** Whether the octets stand as they are, and not in an encoding. */
    boolean isIdentity() {
        return encoding.equals("7bit") || encoding.equals("8bit") || encoding.equals("binary");
    }

    /** The value of the first header of this name. */
    static Optional<String> field(List<String> header, String name) {
        return header.stream()
                .filter(line -> line.length() > name.length() && line.charAt(name.length()) == ':'
                        && line.regionMatches(true, 0, name, 0, name.length()))
                .findFirst()
                .map(line -> line.substring(name.length() + 1).trim());
    }

    private static byte[] boundary(String contentType) {
        String found;
        try {
            found = new ContentType(contentType).getParameter("boundary");
        } catch (ParseException e) {
            Matcher matcher = BOUNDARY.matcher(contentType);
            found = matcher.find() ? matcher.group(1) : null;
        }
        return found == null ? new byte[0] : ("--" + found).getBytes(StandardCharsets.ISO_8859_1);
    }
}
