package io.smtpra.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Octets into characters, whatever the sender calls his charset. */
final class MailCharsets {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** Names that the JDK does not know, and those that mean a larger charset to everybody who sends them. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("utf8", "UTF-8"),
            Map.entry("utf8mb4", "UTF-8"),
            Map.entry("unicode", "UTF-16"),
            Map.entry("iso88591", "windows-1252"),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("iso-8859-8-i", "ISO-8859-8"),
            Map.entry("iso-8859-8-e", "ISO-8859-8"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("gbk", "GB18030"),
            Map.entry("x-gbk", "GB18030"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ksc5601", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("cp-850", "IBM850"),
            Map.entry("cp1252", "windows-1252"));

    /** All that the JDK has: asking it for a name that it does not know costs a search of the class path each time. */
    private static final Map<String, Charset> KNOWN = known();

    private MailCharsets() {}

    /** Octets of a header: UTF-8 (RFC 6532), or ISO 8859-1 where they are not that. */
    static String header(byte[] octets, int from, int to) {
        return strict(StandardCharsets.UTF_8, octets, from, to)
                .orElseGet(() -> new String(octets, from, to - from, StandardCharsets.ISO_8859_1));
    }

    /** Octets in a charset that somebody named, or did not, or wrongly. */
    static String decode(byte[] octets, int length, String name) {
        Optional<Charset> charset = find(name);
        if (charset.isPresent() && !charset.get().equals(StandardCharsets.US_ASCII)) {
            return new String(octets, 0, length, charset.get());
        }
        return strict(StandardCharsets.UTF_8, octets, 0, length)
                .orElseGet(() -> new String(octets, 0, length, WINDOWS));
    }

    /** The charset of that name, however it is written. */
    static Optional<Charset> find(String name) {
        StringBuilder clean = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = Character.toLowerCase(name.charAt(i));
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-_.:+".indexOf(c) >= 0) {
                clean.append(c);
            }
        }
        String known = ALIASES.getOrDefault(clean.toString(), clean.toString());
        return Optional.ofNullable(KNOWN.get(known.toLowerCase(Locale.ROOT)));
    }

    private static Map<String, Charset> known() {
        Map<String, Charset> known = new HashMap<>();
        Charset.availableCharsets().values().stream().filter(Charset::canEncode).forEach(charset -> {
            charset.aliases().forEach(alias -> known.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
            known.put(charset.name().toLowerCase(Locale.ROOT), charset);
        });
        return Map.copyOf(known);
    }

    /** Length without an octet sequence that was cut in its middle: the rest of a UTF-8 character. */
    static int wholeUtf8(byte[] octets, int length) {
        int lead = length - 1;
        while (lead >= 0 && lead > length - 4 && (octets[lead] & 0xC0) == 0x80) {
            lead--;
        }
        if (lead < 0 || (octets[lead] & 0xC0) != 0xC0) {
            return length;
        }
        int needed = (octets[lead] & 0xE0) == 0xC0 ? 2 : (octets[lead] & 0xF0) == 0xE0 ? 3 : 4;
        return lead + needed > length ? lead : length;
    }

    private static Optional<String> strict(Charset charset, byte[] octets, int from, int to) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets, from, to - from))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
