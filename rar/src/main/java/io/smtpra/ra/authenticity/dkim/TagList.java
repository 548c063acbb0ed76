package io.smtpra.ra.authenticity.dkim;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tags of a signature or of a key: {@code v=1; a=rsa-sha256; …} (RFC 6376 section 3.2). */
final class TagList {

    /** More tags than any signature has. */
    private static final int MAX_TAGS = 100;

    private final Map<String, String> values = new LinkedHashMap<>();

    private TagList() {}

    /**
     * Reads tags.
     *
     * @throws DkimFault if they are not written as they must be
     */
    static TagList parse(String text) throws DkimFault {
        TagList tags = new TagList();
        String[] specs = text.split(";", -1);
        for (int i = 0; i < specs.length; i++) {
            String spec = strip(specs[i]);
            if (!spec.isEmpty()) {
                tags.add(spec);
            } else if (i < specs.length - 1) {
                // An empty one may only stand behind the last semicolon.
                throw DkimFault.unreadable("a tag between two semicolons is empty");
            }
        }
        return tags;
    }

    private void add(String spec) throws DkimFault {
        int equals = spec.indexOf('=');
        String name = equals < 0 ? "" : strip(spec.substring(0, equals));
        if (!isName(name)) {
            throw DkimFault.unreadable("a tag has no name and value");
        }
        if (values.size() == MAX_TAGS) {
            throw DkimFault.unreadable("there are more than " + MAX_TAGS + " tags");
        }
        if (values.put(name, strip(spec.substring(equals + 1))) != null) {
            throw DkimFault.unreadable("the tag " + name + "= occurs twice");
        }
    }

    /** The value of a tag, without the white space around it. */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The value of a tag that must be there. */
    String required(String name) throws DkimFault {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw DkimFault.unreadable("the tag " + name + "= is missing");
        }
        return value;
    }

    /** The name of the first tag. */
    Optional<String> first() {
        return values.keySet().stream().findFirst();
    }

    /** Octets in base64, in which white space counts for nothing. */
    static byte[] base64(String name, String value) throws DkimFault {
        try {
            byte[] octets = new byte[value.length()];
            int count = 0;
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (!isWhiteSpace(c)) {
                    // What is not ASCII is no base64 either.
                    octets[count++] = (byte) (c > 127 ? 0 : c);
                }
            }
            return Base64.getDecoder().decode(Arrays.copyOf(octets, count));
        } catch (IllegalArgumentException e) {
            throw DkimFault.unreadable("the tag " + name + "= is not base64");
        }
    }

    static String withoutWhiteSpace(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (!isWhiteSpace(value.charAt(i))) {
                text.append(value.charAt(i));
            }
        }
        return text.toString();
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '_'))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isWhiteSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isWhiteSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
