package io.smtpra.ra.outbound.form;

import io.smtpra.compose.AddressHeader;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Header lines in the form that a next hop takes: UTF-8 becomes ASCII (RFC 2047, RFC 2231, A-labels), and lines that
 * are too long are folded. Octets that are not UTF-8, as some devices send them, go as they are, and so does what is
 * signed and would break. Lines are characters that stand for octets.
 */
final class EncodedHeader {

    /** RFC 5322 section 2.1.1: this is what lines should have at most. */
    private static final int FOLDED = 78;

    private static final Pattern PARAMETER = Pattern.compile(
            "(;\\s*)([^\\s;=*\"]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\"]*))");

    /** Of words that no decoder looks for encoded ones in. */
    private static final Set<String> WITHOUT_WORDS = Set.of("message-id", "in-reply-to", "references", "received",
            "date", "dkim-signature", "mime-version", "content-transfer-encoding", "content-id", "list-unsubscribe");

    private final FormDemands demands;
    private final boolean signed;
    private final DkimSignatures signatures;

    EncodedHeader(FormDemands demands, boolean signed, DkimSignatures signatures) {
        this.demands = demands;
        this.signed = signed;
        this.signatures = signatures;
    }

    String of(String line) throws UnencodableException {
        String name = line.substring(0, Math.max(0, line.indexOf(':'))).trim().toLowerCase(Locale.ROOT);
        if (signed && demands.sevenBit() && !isAscii(line)) {
            // The header of a part is in a body, which must be of octets below 128.
            throw new UnencodableException("a part of it is signed, and the signature would break");
        }
        String encoded = line;
        boolean ascii = demands.asciiHeader() || demands.sevenBit();
        if (ascii && !signed && !signatures.headers().contains(name) && isUtf8(line)) {
            encoded = ascii(name, line);
        }
        return demands.shortLines() && isTooLong(encoded) ? folded(name, encoded) : encoded;
    }

    private static String ascii(String name, String line) throws UnencodableException {
        int colon = line.indexOf(':') + 1;
        String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        try {
            if (AddressHeader.isNamed(name)) {
                return addresses(name, AddressHeader.withAsciiDomains(text), colon);
            }
            if (name.equals("content-type") || name.equals("content-disposition")) {
                return parameters(text);
            }
            return colon == 0 || WITHOUT_WORDS.contains(name) ? line : words(text, colon);
        } catch (MessagingException | UnsupportedEncodingException e) {
            // It is not what its name says; as it is, it does no more harm than before.
            return line;
        }
    }

    private static String addresses(String name, String line, int colon)
            throws MessagingException, UnsupportedEncodingException, UnencodableException {
        List<InternetAddress> encoded = new ArrayList<>();
        for (InternetAddress address : InternetAddress.parseHeader(line.substring(colon).trim(), false)) {
            if (!address.getAddress().chars().allMatch(c -> c < 128)) {
                throw new UnencodableException("the header " + name + " has an address outside ASCII");
            }
            String personal = address.getPersonal();
            encoded.add(personal == null ? address : new InternetAddress(address.getAddress(), personal, "utf-8"));
        }
        String field = line.substring(0, colon) + " ";
        return field + InternetAddress.toString(encoded.toArray(InternetAddress[]::new), field.length());
    }

    /** RFC 2231 section 4; devices leave quotes out too. */
    private static String parameters(String line) {
        return PARAMETER.matcher(line).replaceAll(found -> {
            String value = found.group(3) == null
                    ? found.group(4).trim() : found.group(3).replaceAll("\\\\(.)", "$1");
            return Matcher.quoteReplacement(isAscii(value)
                    ? found.group() : found.group(1) + found.group(2) + "*=utf-8''" + percent(value));
        });
    }

    private static String percent(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= '0' && octet <= '9' || octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z'
                    || octet == '.' || octet == '-' || octet == '_';
            encoded.append(plain ? String.valueOf((char) octet) : String.format(Locale.ROOT, "%%%02X", octet & 0xff));
        }
        return encoded.toString();
    }

    /** Runs of words outside ASCII become encoded words; all others stay. */
    private static String words(String line, int colon) throws UnsupportedEncodingException {
        String[] words = line.substring(colon).trim().split("(?:\r\n)?[ \t]+");
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < words.length; i++) {
            StringBuilder run = new StringBuilder(words[i]);
            if (isAscii(words[i])) {
                encoded.append(i == 0 ? "" : " ").append(run);
                continue;
            }
            // Spaces between encoded words are not shown (RFC 2047 section 6.2), so they belong into them.
            while (i + 1 < words.length && !isAscii(words[i + 1])) {
                run.append(' ').append(words[++i]);
            }
            boolean encodedNext = i + 1 < words.length && words[i + 1].startsWith("=?");
            boolean encodedBefore = encoded.toString().endsWith("?=");
            String text = (encodedBefore ? " " : "") + run + (encodedNext ? " " : "");
            encoded.append(encoded.isEmpty() ? "" : " ").append(MimeUtility.encodeText(text, "utf-8", null));
        }
        return line.substring(0, colon) + " " + MimeUtility.fold(colon + 1, encoded.toString());
    }

    private String folded(String name, String line) throws UnencodableException {
        if (signed || signatures.toTheOctet().contains(name)) {
            throw new UnencodableException("the header " + name + " is signed, and folding would break the signature");
        }
        StringBuilder folded = new StringBuilder(line.length() + 64);
        for (String part : line.split("\r\n", -1)) {
            folded.append(folded.isEmpty() ? "" : "\r\n");
            fold(name, part, folded);
        }
        return folded.toString();
    }

    /** Breaks a line in front of spaces, so that unfolding gives what was there (RFC 5322 section 2.2.3). */
    private static void fold(String name, String line, StringBuilder folded) throws UnencodableException {
        int from = 0;
        while (line.length() - from > ContentScan.MAX_LINE) {
            int at = placeToFold(line, from);
            if (at < 0 || at - from > ContentScan.MAX_LINE) {
                throw new UnencodableException("the header " + name + " has no space at which it could be folded");
            }
            folded.append(line, from, at).append("\r\n");
            from = at;
        }
        folded.append(line, from, line.length());
    }

    /**
     * The last space within the length that lines should have, or the next one behind; with words on both sides of it.
     */
    private static int placeToFold(String line, int from) {
        int found = -1;
        boolean word = false;
        for (int i = from; i + 1 < line.length() && (found < 0 || i - from <= FOLDED); i++) {
            boolean space = line.charAt(i) == ' ' || line.charAt(i) == '\t';
            if (space && word && line.charAt(i + 1) != ' ' && line.charAt(i + 1) != '\t') {
                found = i;
            }
            word |= !space && (from > 0 || i > line.indexOf(':'));
        }
        return found;
    }

    private static boolean isTooLong(String line) {
        for (String part : line.split("\r\n", -1)) {
            if (part.length() > ContentScan.MAX_LINE) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    /** Whether octets above 127 are in it, and they are UTF-8. */
    private static boolean isUtf8(String line) {
        if (isAscii(line)) {
            return false;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
