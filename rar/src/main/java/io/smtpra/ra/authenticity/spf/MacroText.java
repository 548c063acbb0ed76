package io.smtpra.ra.authenticity.spf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with macros (RFC 7208 section 7). Its syntax is checked when it is read, what it expands to is not. */
final class MacroText {

    private static final Pattern MACRO = Pattern.compile(
            "%(?:([%_-])|\\{([A-Za-z])(\\d{0,9})([rR]?)([.\\-+,/_=]*)})");
    /** RFC 7208 section 7.1: a domain ends in a label that no address has, or in a macro. */
    private static final Pattern TOP_LABEL = Pattern.compile(
            ".*\\.(?=[A-Za-z0-9]*[A-Za-z-])[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.?", Pattern.DOTALL);
    private static final String OF_DOMAINS = "slodiphv";
    private static final String OF_EXPLANATIONS = "slodiphvcrt";
    private static final int MAX_NAME = 253;
    private static final int MAX_TEXT = 4_096;

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Macro(int letter, boolean escaped, int parts, boolean reversed, String delimiters) implements Part {}

    private final List<Part> parts;
    private final boolean nameNeeded;

    private MacroText(List<Part> parts) {
        this.parts = parts;
        this.nameNeeded = parts.stream().anyMatch(part -> part instanceof Macro macro && macro.letter() == 'p');
    }

    /** The domain of a mechanism or modifier. */
    static MacroText domain(String text) throws SpfSyntaxException {
        if (text.isEmpty()) {
            throw new SpfSyntaxException("a domain is missing");
        }
        List<Part> parts = parts(text, OF_DOMAINS, false);
        boolean endsInMacro = parts.get(parts.size() - 1) instanceof Macro;
        if (!endsInMacro && !TOP_LABEL.matcher(text).matches()) {
            throw new SpfSyntaxException("'" + text + "' does not end as a domain does");
        }
        return new MacroText(parts);
    }

    /** The value of a modifier that nobody knows; it must be well-formed all the same. */
    static void check(String text) throws SpfSyntaxException {
        parts(text, OF_EXPLANATIONS, false);
    }

    /** What a domain has to say of a failure: blanks are allowed, and more macros. */
    static MacroText explanation(String text) throws SpfSyntaxException {
        return new MacroText(parts(text, OF_EXPLANATIONS, true));
    }

    private static List<Part> parts(String text, String letters, boolean blanks) throws SpfSyntaxException {
        List<Part> parts = new ArrayList<>();
        Matcher macro = MACRO.matcher(text);
        int position = 0;
        while (position < text.length()) {
            int percent = text.indexOf('%', position);
            int end = percent < 0 ? text.length() : percent;
            if (end > position) {
                parts.add(literal(text.substring(position, end), blanks));
            }
            position = end;
            if (percent >= 0) {
                macro.region(percent, text.length());
                if (!macro.lookingAt()) {
                    throw new SpfSyntaxException("'" + text + "' has a % that begins no macro");
                }
                parts.add(part(macro, letters));
                position = macro.end();
            }
        }
        return parts;
    }

    private static Literal literal(String text, boolean blanks) throws SpfSyntaxException {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < (blanks ? ' ' : '!') || character > '~') {
                throw new SpfSyntaxException("a character that is not allowed");
            }
        }
        return new Literal(text);
    }

    private static Part part(Matcher macro, String letters) throws SpfSyntaxException {
        if (macro.group(1) != null) {
            return new Literal(macro.group(1).equals("%") ? "%" : macro.group(1).equals("_") ? " " : "%20");
        }
        char letter = macro.group(2).charAt(0);
        char lower = Character.toLowerCase(letter);
        if (letters.indexOf(lower) < 0) {
            throw new SpfSyntaxException("there is no macro '" + letter + "' here");
        }
        int count = macro.group(3).isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(macro.group(3));
        if (count == 0) {
            throw new SpfSyntaxException("a macro of 0 parts");
        }
        return new Macro(lower, letter != lower, count, !macro.group(4).isEmpty(),
                macro.group(5).isEmpty() ? "." : macro.group(5));
    }

    /** Whether the name of the client is needed, which has to be asked for. */
    boolean isNameNeeded() {
        return nameNeeded;
    }

    /** As the name of a domain: cut off on the left, label by label, until it is not too long. */
    String expandToName(IntFunction<String> values) {
        String name = expand(values);
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        while (name.length() > MAX_NAME) {
            int dot = name.indexOf('.');
            if (dot < 0) {
                return "";
            }
            name = name.substring(dot + 1);
        }
        return name;
    }

    /** As a text, which is cut off where nobody would read on. */
    String expandToText(IntFunction<String> values) {
        String text = expand(values);
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }

    private String expand(IntFunction<String> values) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                text.append(literal.text());
            } else if (part instanceof Macro macro) {
                String value = transformed(values.apply(macro.letter()), macro);
                text.append(macro.escaped() ? escaped(value) : value);
            }
        }
        return text.toString();
    }

    private static String transformed(String value, Macro macro) {
        if (macro.parts() == Integer.MAX_VALUE && !macro.reversed() && macro.delimiters().equals(".")) {
            return value;
        }
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || macro.delimiters().indexOf(value.charAt(i)) >= 0) {
                pieces.add(macro.reversed() ? 0 : pieces.size(), value.substring(start, i));
                start = i + 1;
            }
        }
        int first = Math.max(0, pieces.size() - macro.parts());
        return String.join(".", pieces.subList(first, pieces.size()));
    }

    /** RFC 3986 section 2.3: all but the unreserved characters. */
    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            int character = octet & 0xFF;
            if (character < 0x80 && (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0)) {
                text.append((char) character);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", character));
            }
        }
        return text.toString();
    }
}
