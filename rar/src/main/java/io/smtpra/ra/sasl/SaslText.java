package io.smtpra.ra.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;

/** How SASL messages are written (RFC 4422, RFC 4954 section 4), for both directions. */
public final class SaslText {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private SaslText() {}

    /** Undoes base64, strictly. */
    public static Optional<byte[]> decode(String base64) {
        try {
            // the JDK's decoder lets padding be left out, RFC 4648 section 3.2 does not
            return base64.length() % 4 == 0 ? Optional.of(Base64.getDecoder().decode(base64)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static String encode(String text) {
        return encode(octets(text));
    }

    public static String encode(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    public static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** UTF-8, strictly. */
    public static Optional<String> text(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * UTF-8, or else what desktops had before: old clients send names and passwords as they were typed, and PLAIN and
     * LOGIN have no way to say in what charset. Windows-1252 is Latin-1 with letters in place of control characters.
     */
    public static String typed(byte[] octets) {
        return text(octets).orElseGet(() -> new String(octets, WINDOWS_1252));
    }

    /** A user's name in which comma and equals sign are written as =2C and =3D (RFC 5802 section 5.1). */
    public static Optional<String> name(String written) {
        return written.replace("=2C", "").replace("=3D", "").contains("=") ? Optional.empty()
                : Optional.of(written.replace("=2C", ",").replace("=3D", "=")).filter(SaslText::isName);
    }

    /** Writes a name so. */
    public static String written(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    /** What SASLprep (RFC 4013) comes to for text without control characters: blanks become one kind, then NFKC. */
    public static String prepared(String text) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c > 127 && Character.getType(c) == Character.SPACE_SEPARATOR) {
                mapped.append(' ');
            } else if (c != 0xAD && Character.getType(c) != Character.FORMAT) {
                mapped.appendCodePoint(c);
            }
        });
        return Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    }

    /** Whether a text can be a user's name: something, and nothing that would do harm in a log or a query. */
    public static boolean isName(String text) {
        return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    }
}
