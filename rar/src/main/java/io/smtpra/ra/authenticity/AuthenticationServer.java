package io.smtpra.ra.authenticity;

/**
 * Whose an {@code Authentication-Results} header claims to be: the first word in it (RFC 8601 section 2.2), which may
 * stand behind comments and in quotes.
 */
final class AuthenticationServer {

    /** So much of a header is looked at. What has no name until there has something to hide. */
    private static final int MAX_LOOKED_AT = 4_096;

    private final String value;
    private int position;

    private AuthenticationServer(String value) {
        this.value = value;
    }

    /** Whether the value of such a header claims to be of the host of this name, or hides whose it is. */
    static boolean isNamed(String hostName, String value) {
        boolean cut = value.length() > MAX_LOOKED_AT;
        AuthenticationServer server =
                new AuthenticationServer(cut ? value.substring(0, MAX_LOOKED_AT) : value);
        server.skipComments();
        String name = server.name();
        return name.equalsIgnoreCase(hostName) || cut && server.position >= MAX_LOOKED_AT;
    }

    private boolean hasNext() {
        return position < value.length();
    }

    private void skipComments() {
        int depth = 0;
        while (hasNext()) {
            char character = value.charAt(position);
            if (character == '(') {
                depth++;
            } else if (depth > 0 && character == ')') {
                depth--;
            } else if (depth > 0 && character == '\\') {
                position++;
            } else if (depth == 0 && !Character.isWhitespace(character)) {
                return;
            }
            position++;
        }
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        boolean quoted = hasNext() && value.charAt(position) == '"';
        if (quoted) {
            position++;
        }
        while (hasNext()) {
            char character = value.charAt(position);
            if (quoted ? character == '"' : ";(/=".indexOf(character) >= 0 || Character.isWhitespace(character)) {
                break;
            }
            if (quoted && character == '\\' && position + 1 < value.length()) {
                character = value.charAt(++position);
            }
            name.append(character);
            position++;
        }
        // a dot at the end makes no other name of it
        return quoted ? unfolded(name) : trimmed(name.toString());
    }

    private static String unfolded(StringBuilder name) {
        return trimmed(name.toString().replaceAll("[\\r\\n]+[ \\t]*", "").strip());
    }

    private static String trimmed(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
