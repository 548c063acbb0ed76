package io.smtpra.mailer;

import io.smtpra.Mailbox;
import io.smtpra.mail.MailAddress;
import java.util.Arrays;
import java.util.List;

/** Reads what an application says, exactly: one address each, and texts of one line. No message repeats it. */
final class AddressText {

    private static final int LONGEST_NAME = 200;
    /** In a name without quotes they are a sign that this is more than one address, or none. */
    private static final String NOT_IN_BARE_NAMES = ",;:<>@\"\\";

    private AddressText() {}

    static List<MailAddress> parse(String field, String... texts) {
        return Arrays.stream(texts).map(text -> parse(field, text)).toList();
    }

    /** One address, as {@code user@example.com} or {@code "Doe, Jane" <user@example.com>}. */
    static MailAddress parse(String field, String text) {
        String whole = text.strip();
        int bracket = whole.endsWith(">") ? whole.lastIndexOf('<') : -1;
        if (bracket < 0) {
            return checked(field, new MailAddress("", whole));
        }
        String name = whole.substring(0, bracket).strip();
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        if (!quoted && name.chars().anyMatch(c -> NOT_IN_BARE_NAMES.indexOf(c) >= 0)) {
            throw new IllegalArgumentException(field + ": a name with any of " + NOT_IN_BARE_NAMES
                    + " is put in quotes, and each address is an argument of its own");
        }
        String bare = quoted ? unquoted(field, name) : name;
        return checked(field, new MailAddress(bare, whole.substring(bracket + 1, whole.length() - 1)));
    }

    /** An address that mail can be sent to, in its one form, and a name that can stand in a header. */
    static MailAddress checked(String field, MailAddress address) {
        if (!isName(address.name())) {
            throw new IllegalArgumentException(
                    field + ": a name has at most " + LONGEST_NAME + " characters, none of them a control character");
        }
        try {
            return new MailAddress(address.name(), Mailbox.parse(address.address()).toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field
                    + ": not one address, as user@example.com or Jane Doe <user@example.com>: " + e.getMessage(), e);
        }
    }

    static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && name.chars().noneMatch(AddressText::isControl);
    }

    static String oneLine(String field, String text, int longest) {
        if (text.length() > longest || text.chars().anyMatch(AddressText::isControl)) {
            throw new IllegalArgumentException(
                    field + ": one line of at most " + longest + " characters, none of them a control character");
        }
        return text;
    }

    /** Line and paragraph separators too, which some programs take for line ends. */
    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }

    private static String unquoted(String field, String name) {
        StringBuilder bare = new StringBuilder();
        for (int i = 1; i < name.length() - 1; i++) {
            char c = name.charAt(i);
            if (c == '\\' && i + 1 < name.length() - 1) {
                i++;
                bare.append(name.charAt(i));
            } else if (c == '"' || c == '\\') {
                throw new IllegalArgumentException(field + ": quotes within a name are written \\\"");
            } else {
                bare.append(c);
            }
        }
        return bare.toString();
    }
}
