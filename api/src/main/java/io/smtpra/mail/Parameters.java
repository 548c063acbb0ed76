package io.smtpra.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The value of {@code Content-Type} or {@code Content-Disposition} and its parameters, however they are written:
 * without quotes, with quotes that do not end, in pieces of any order (RFC 2231), as encoded words.
 */
final class Parameters {

    private final String value;
    private final Map<String, String> plain = new LinkedHashMap<>();
    /** The pieces of RFC 2231, by name and number. */
    private final Map<String, TreeMap<Integer, Piece>> pieces = new LinkedHashMap<>();

    /** No quotes end any more: else each that begins would be followed to the end of the text. */
    private boolean quotesEnded;

    private Parameters(String text) {
        int semicolon = text.indexOf(';');
        String first = semicolon < 0 ? text : text.substring(0, semicolon);
        int comment = first.indexOf('(');
        value = (comment < 0 ? first : first.substring(0, comment)).strip().toLowerCase(Locale.ROOT);
        int at = semicolon < 0 ? text.length() : semicolon + 1;
        while (at < text.length()) {
            at = parameter(text, at);
        }
    }

    static Parameters parse(String text) {
        return new Parameters(text);
    }

    /** What stands before the parameters, in small letters. */
    String value() {
        return value;
    }

    /** A parameter as a person reads it. */
    Optional<String> get(String name) {
        TreeMap<Integer, Piece> own = pieces.get(name);
        if (own != null) {
            return Optional.of(EncodedWords.clean(joined(own)));
        }
        return Optional.ofNullable(plain.get(name)).map(EncodedWords::decode);
    }

    /** A parameter as it was written, without quotes. */
    Optional<String> raw(String name) {
        return Optional.ofNullable(plain.get(name)).or(() -> get(name));
    }

    private int parameter(String text, int from) {
        int equals = from;
        while (equals < text.length() && text.charAt(equals) != '=' && text.charAt(equals) != ';') {
            equals++;
        }
        if (equals == text.length() || text.charAt(equals) == ';') {
            return equals + 1;
        }
        String name = text.substring(from, equals).strip().toLowerCase(Locale.ROOT);
        int begin = equals + 1;
        while (begin < text.length() && Character.isWhitespace(text.charAt(begin))) {
            begin++;
        }
        StringBuilder content = new StringBuilder();
        boolean quote = !quotesEnded && begin < text.length() && text.charAt(begin) == '"';
        int end = quote ? quoted(text, begin + 1, content) : -1;
        if (end < 0) {
            quotesEnded = quotesEnded || quote;
            end = text.indexOf(';', begin);
            end = end < 0 ? text.length() : end;
            content.setLength(0);
            content.append(text.substring(begin, end).replace("\"", "").strip());
        }
        put(name, content.toString());
        return end + 1;
    }

    /** Where the semicolon behind the quotes stands, or the end; -1 if the quotes do not end. */
    private static int quoted(String text, int from, StringBuilder content) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                int behind = at + 1;
                while (behind < text.length() && Character.isWhitespace(text.charAt(behind))) {
                    behind++;
                }
                if (behind >= text.length() || text.charAt(behind) == ';') {
                    return behind;
                }
                // quotes within quotes, which the sender forgot to escape
                content.append(text, at, behind);
                at = behind;
            } else if (c == '\\' && at + 1 < text.length()
                    && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\')) {
                content.append(text.charAt(at + 1));
                at += 2;
            } else {
                content.append(c);
                at++;
            }
        }
        return -1;
    }

    private void put(String name, String content) {
        int star = name.indexOf('*');
        if (star < 0) {
            plain.putIfAbsent(name, content);
            return;
        }
        boolean encoded = name.endsWith("*");
        String base = name.substring(0, star);
        String number = name.substring(star + 1, Math.max(star + 1, name.length() - (encoded ? 1 : 0)));
        int index = number.isEmpty() ? -1 : number.length() > 6 ? Integer.MAX_VALUE : number(number);
        if (number.isEmpty() || index >= 0) {
            pieces.computeIfAbsent(base, key -> new TreeMap<>()).putIfAbsent(index, new Piece(content, encoded));
        }
    }

    private static int number(String digits) {
        return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(digits) : -1;
    }

    /** The whole value without number comes before its pieces, and instead of them. */
    private static String joined(TreeMap<Integer, Piece> pieces) {
        Piece whole = pieces.get(-1);
        Iterable<Piece> all = whole == null ? pieces.values() : List.of(whole);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        String charset = "utf-8";
        boolean anyEncoded = false;
        for (Piece piece : all) {
            String content = piece.content;
            if (piece.encoded && !anyEncoded) {
                int first = content.indexOf('\'');
                int second = first < 0 ? -1 : content.indexOf('\'', first + 1);
                if (second > 0) {
                    charset = first == 0 ? charset : content.substring(0, first);
                    content = content.substring(second + 1);
                }
                anyEncoded = true;
            }
            octets.writeBytes(piece.encoded ? percentDecoded(content) : content.getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = octets.toByteArray();
        String text = MailCharsets.decode(bytes, bytes.length, charset);
        return anyEncoded ? text : EncodedWords.decode(text);
    }

    private static byte[] percentDecoded(String content) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(content.length());
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            int octet = c == '%' && i + 2 < content.length()
                    ? QuotedPrintableStream.hex(content.charAt(i + 1), content.charAt(i + 2)) : -1;
            if (octet >= 0) {
                octets.write(octet);
                i += 2;
            } else {
                octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return octets.toByteArray();
    }

    private record Piece(String content, boolean encoded) {}
}
