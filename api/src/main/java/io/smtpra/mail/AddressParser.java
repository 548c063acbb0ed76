package io.smtpra.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads address headers as they are sent, which is not as RFC 5322 section 3.4 has them. It goes through the value
 * once: words are gathered until a separator, an address in angle brackets, or a second bare address ends an entry.
 */
final class AddressParser {

    private static final Pattern WHITE = Pattern.compile("\\s+");
    /** Words, and addresses with a quoted local part. */
    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*+\"@\\S*+|\\S++");

    private static final int LONGEST_WORD = 1000;

    private final String text;
    private final List<MailAddress> found = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    /** What the words have, so that they need not be searched at each separator. */
    private boolean hasAt;
    private boolean hasText;
    private boolean commentsEnded;
    /** Whether a quote, a comment or an angle bracket still has its end: asked once for each kind. */
    private final int lastQuote;
    private final int lastParenthesis;
    private final int lastAngle;

    private AddressParser(String text) {
        this.text = text;
        lastQuote = text.lastIndexOf('"');
        lastParenthesis = text.lastIndexOf(')');
        lastAngle = text.lastIndexOf('>');
    }

    static List<MailAddress> parse(String value) {
        String text = HeaderField.unfold(value);
        List<MailAddress> found = new AddressParser(text).run();
        if (found.stream().allMatch(entry -> entry.address().indexOf('@') < 0) && text.contains("=?")) {
            // some programs encode the whole header, the address too
            String decoded = EncodedWords.decode(text);
            if (decoded.indexOf('@') >= 0) {
                return new AddressParser(decoded).run();
            }
        }
        return found;
    }

    private List<MailAddress> run() {
        int at = 0;
        while (at < text.length()) {
            at = step(at);
        }
        endEntry(false);
        return List.copyOf(found);
    }

    private int step(int at) {
        char c = text.charAt(at);
        switch (c) {
            case '"':
                return at < lastQuote ? quoted(at + 1) : at + 1;
            case '(':
                return at < lastParenthesis && !commentsEnded ? comment(at + 1) : at + 1;
            case '<':
                return angle(at + 1);
            case ',', ';':
                endEntry(c == ',');
                return at + 1;
            case ':':
                return colon(at);
            default:
                int end = c == '=' ? endOfEncodedWord(at) : at + 1;
                while (at < end) {
                    add(text.charAt(at++));
                }
                return end;
        }
    }

    private void add(char c) {
        words.append(c);
        hasAt |= c == '@';
        hasText |= !Character.isWhitespace(c);
    }

    private void clear() {
        words.setLength(0);
        comment.setLength(0);
        hasAt = false;
        hasText = false;
    }

    /** Separators within an encoded word separate nothing. */
    private int endOfEncodedWord(int at) {
        String near = text.substring(at, Math.min(text.length(), at + LONGEST_WORD));
        int charset = near.startsWith("=?") ? near.indexOf('?', 2) : -1;
        if (charset < 0 || charset + 2 >= near.length() || near.charAt(charset + 2) != '?') {
            return at + 1;
        }
        int end = near.indexOf("?=", charset + 3);
        return end < 0 ? at + 1 : at + end + 2;
    }

    /** Quoted text becomes plain, and its commas mean nothing; of a quoted local part the quotes stay. */
    private int quoted(int from) {
        StringBuilder content = new StringBuilder();
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            content.append(text.charAt(at++));
        }
        if (at + 1 < text.length() && text.charAt(at + 1) == '@') {
            words.append(text, from - 1, at + 1);
        } else {
            words.append(content);
            hasAt |= content.indexOf("@") >= 0;
        }
        hasText = true;
        return at + 1;
    }

    /** One that does not end is none, nor are those behind it. */
    private int comment(int from) {
        int before = comment.length();
        int depth = 1;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                comment.append(text.charAt(at));
                continue;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                words.append(' ');
                return at + 1;
            }
            comment.append(c);
        }
        comment.setLength(before);
        commentsEnded = true;
        return from;
    }

    private int angle(int from) {
        int end = lastAngle < from ? -1 : text.indexOf('>', from);
        int stop = end;
        if (end < 0) {
            stop = from;
            while (stop < text.length() && ",;".indexOf(text.charAt(stop)) < 0) {
                stop++;
            }
        }
        String address = address(text.substring(from, stop));
        if (address.isEmpty() && !hasAt) {
            return end < 0 ? stop : stop + 1;
        }
        add(words.toString(), address);
        return end < 0 ? stop : stop + 1;
    }

    /** The end of a group's name (RFC 5322 section 3.4), or of {@code mailto}; elsewhere just a character. */
    private int colon(int at) {
        if (!hasAt) {
            clear();
        } else {
            words.append(':');
        }
        return at + 1;
    }

    /**
     * A name before a comma may be the family name of {@code Doe, Jane <jane@example.com>}: it waits for what follows.
     */
    private void endEntry(boolean mayGoOn) {
        if (!hasText) {
            clear();
        } else if (hasAt) {
            bare(words.toString().strip());
        } else if (mayGoOn) {
            words.append(',');
        } else {
            names(words.toString().strip());
        }
    }

    /** Addresses without angle brackets, and perhaps without commas between them. */
    private void bare(String entry) {
        StringBuilder name = new StringBuilder();
        for (Matcher tokens = TOKEN.matcher(entry); tokens.find(); ) {
            String token = tokens.group();
            if (token.indexOf('@') >= 0) {
                String before = name.length() > 0 ? name.toString() : "";
                find(before.isEmpty() ? comment.toString() : before, address(token));
                comment.setLength(0);
                name.setLength(0);
            } else {
                name.append(name.length() == 0 ? "" : " ").append(token);
            }
        }
        clear();
    }

    /** No address at all: one word each is a local user, several words are a name. */
    private void names(String entry) {
        for (String part : entry.split(",")) {
            String name = part.strip();
            if (!name.isEmpty()) {
                boolean word = !WHITE.matcher(name).find() && !name.contains("=?");
                find(word ? comment.toString() : name, word ? address(name) : "");
            }
        }
        clear();
    }

    private void add(String nameOrList, String address) {
        String name = nameOrList.strip();
        find(name.isEmpty() ? comment.toString() : name, address);
        clear();
    }

    private void find(String name, String address) {
        MailAddress entry = new MailAddress(tidy(EncodedWords.decode(name)), address);
        if (!entry.toString().isEmpty()) {
            found.add(entry);
        }
    }

    private static String tidy(String name) {
        String tidy = name.endsWith(",") ? name.substring(0, name.length() - 1).strip() : name;
        boolean quoted = tidy.length() > 1 && tidy.startsWith("'") && tidy.endsWith("'");
        return quoted ? tidy.substring(1, tidy.length() - 1).strip() : tidy;
    }

    /** The address alone: no white space, no route (RFC 5321 appendix F.2), no {@code mailto:}, no stray quotes. */
    private static String address(String written) {
        StringBuilder clean = new StringBuilder(written.length());
        boolean quoted = written.strip().startsWith("\"");
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            boolean keptSpace = c == ' ' && quoted && written.indexOf('@', i) >= 0;
            if (keptSpace || !Character.isWhitespace(c) && !Character.isISOControl(c) && c != '<' && c != '>') {
                clean.append(c);
            }
        }
        String address = clean.toString().strip();
        if (address.toLowerCase(Locale.ROOT).startsWith("mailto:")) {
            address = address.substring("mailto:".length());
        }
        if (address.startsWith("@") && address.indexOf(':') > 0) {
            address = address.substring(address.indexOf(':') + 1);
        }
        if (address.length() > 1 && address.startsWith("'") && address.endsWith("'")) {
            address = address.substring(1, address.length() - 1);
        }
        return address;
    }
}
