package io.smtpra.ra.inbound.smtp.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How SASL messages are written in SMTP (RFC 4954 section 4). */
final class SaslText {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private SaslText() {}

    /** Undoes base64, strictly. */
    static Optional<byte[]> decode(String base64) {
        try {
            // the JDK's decoder lets padding be left out, RFC 4648 section 3.2 does not
            return base64.length() % 4 == 0 ? Optional.of(Base64.getDecoder().decode(base64)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** UTF-8, strictly. */
    static Optional<String> text(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * UTF-8, or else what desktops had before: old clients send names and passwords as they were typed, and PLAIN and LOGIN
     * have no way to say in what charset. Windows-1252 is Latin-1 with letters in place of control characters.
     */
    static String typed(byte[] octets) {
        return text(octets).orElseGet(() -> new String(octets, WINDOWS_1252));
    }

    /** A user's name in which comma and equals sign are written as =2C and =3D (RFC 5802 section 5.1). */
    static Optional<String> name(String written) {
        return written.replace("=2C", "").replace("=3D", "").contains("=") ? Optional.empty()
                : Optional.of(written.replace("=2C", ",").replace("=3D", "=")).filter(SaslText::isName);
    }

    /** Whether a text can be a user's name: something, and nothing that would do harm in a log or a query. */
    static boolean isName(String text) {
        return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    }
}
