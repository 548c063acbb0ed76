package io.smtpra.ra.authenticity.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The header of a mail, field by field, gathered while the mail passes (RFC 5322 section 2.2). */
public final class HeaderFields {

    /** A longer header is not looked at: nobody needs one, and all of it is held. */
    public static final int MAX_OCTETS = 512 * 1_024;

    private static final int USUAL = 4 * 1_024;

    private OctetBuffer octets = new OctetBuffer(USUAL);
    private boolean ended;
    private boolean tooLong;
    private List<Field> fields = List.of();

    /**
     * A field.
     *
     * @param octets where it stands
     * @param from the first of its name
     * @param nameEnd behind its name, without white space
     * @param valueFrom behind the colon
     * @param to behind its line end
     */
    record Field(byte[] octets, int from, int nameEnd, int valueFrom, int to) {

        /** The name in small letters. */
        String name() {
            return new String(octets, from, nameEnd - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        }

        /** The value, folded as it stands, in UTF-8 where it has more than ASCII (RFC 6532). */
        String value() {
            return new String(octets, valueFrom, to - 2 - valueFrom, StandardCharsets.UTF_8);
        }
    }

    /**
     * Takes the next octets of the mail.
     *
     * @return where the body begins, or {@code to} as long as the header goes on
     */
    public int add(byte[] in, int from, int to) {
        int i = from;
        while (i < to && !ended) {
            int lineEnd = i;
            while (lineEnd < to && in[lineEnd] != '\n') {
                lineEnd++;
            }
            int next = Math.min(to, lineEnd + 1);
            if (octets.size() + next - i > MAX_OCTETS) {
                tooLong = true;
                end();
                return next;
            }
            octets.write(in, i, next - i);
            i = next;
            if (lineEnd < to && endsWithEmptyLine()) {
                end();
            }
        }
        return i;
    }

    /** The header ends here, with or without an empty line. */
    public void end() {
        if (!ended) {
            ended = true;
            fields = split();
        }
    }

    /** Whether its end has been reached. */
    public boolean hasEnded() {
        return ended;
    }

    /** Whether it is longer than is looked at; then its fields are only those at its beginning. */
    public boolean isTooLong() {
        return tooLong;
    }

    /**
     * The value of the only field of a name.
     *
     * @return absent if there is none, or more than one
     */
    public Optional<String> only(String name) {
        List<Field> found = named(name);
        return found.size() == 1 ? Optional.of(found.get(0).value()) : Optional.empty();
    }

    /**
     * How many fields of a name there are.
     *
     * @param name in small letters
     * @return the number
     */
    public int count(String name) {
        int count = 0;
        for (Field field : fields) {
            count += isNamed(field, name) ? 1 : 0;
        }
        return count;
    }

    /** Those of a name, in small letters, from the top. */
    List<Field> named(String name) {
        List<Field> found = new ArrayList<>(2);
        for (Field field : fields) {
            if (isNamed(field, name)) {
                found.add(field);
            }
        }
        return found;
    }

    /** The fields by their names in small letters, those of a name from the bottom, as a signature takes them. */
    Map<String, List<Field>> fromTheBottom() {
        Map<String, List<Field>> byName = new HashMap<>();
        for (int i = fields.size() - 1; i >= 0; i--) {
            byName.computeIfAbsent(fields.get(i).name(), unknown -> new ArrayList<>(1)).add(fields.get(i));
        }
        return byName;
    }

    private static boolean isNamed(Field field, String name) {
        if (field.nameEnd() - field.from() != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            int c = field.octets()[field.from() + i];
            if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean endsWithEmptyLine() {
        byte[] in = octets.octets();
        int count = octets.size();
        if (count < 2 || in[count - 2] != '\r') {
            return false;
        }
        return count == 2 || count > 3 && in[count - 3] == '\n' && in[count - 4] == '\r';
    }

    private List<Field> split() {
        byte[] in = octets.octets();
        int count = octets.size();
        List<Field> found = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < count; i++) {
            boolean lineEnd = in[i] == '\n' && in[i - 1] == '\r';
            boolean folded = i + 1 < count && (in[i + 1] == ' ' || in[i + 1] == '\t');
            if (lineEnd && !folded) {
                field(in, start, i + 1).ifPresent(found::add);
                start = i + 1;
            }
        }
        if (start < count && !tooLong) {
            // The mail ends within its header.
            octets.write('\r');
            octets.write('\n');
            field(octets.octets(), start, octets.size()).ifPresent(found::add);
        }
        return found;
    }

    /** A line without a colon is no field; nobody can have signed it. */
    private static Optional<Field> field(byte[] in, int from, int to) {
        int colon = from;
        while (colon < to && in[colon] != ':') {
            colon++;
        }
        if (colon == to) {
            return Optional.empty();
        }
        int nameEnd = colon;
        while (nameEnd > from && (in[nameEnd - 1] == ' ' || in[nameEnd - 1] == '\t')) {
            nameEnd--;
        }
        return nameEnd == from ? Optional.empty() : Optional.of(new Field(in, from, nameEnd, colon + 1, to));
    }
}
