package io.smtpra.ra.inbound.smtp.argument;

import io.smtpra.AddressSyntax;
import io.smtpra.Mailbox;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The argument of MAIL and RCPT: {@code FROM:<path> parameters} (RFC 5321 section 4.1.1.2 and 4.1.2).
 *
 * @param path what stands between the angle brackets, or would, without a source route
 * @param parameters what stands behind them
 */
public record PathArgument(String path, String parameters) {

    /** RFC 5321 section 4.5.3.1.3: the angle brackets are counted. */
    private static final int MAX_PATH = 256;
    private static final String POSTMASTER = "postmaster";

    /**
     * Takes an argument apart.
     *
     * @param keyword {@code FROM:} or {@code TO:}
     * @param addresses in the common syntax a path may do without its angle brackets
     * @param syntax the reply when it does not begin like that
     * @param badPath the reply when the path does not end, or is too long
     */
    public static PathArgument parse(String argument, String keyword, AddressSyntax addresses, SmtpReply syntax,
            SmtpReply badPath) throws Refusal {
        if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
            throw new Refusal(syntax);
        }
        // Blanks before the path are wrong and widely sent.
        String rest = argument.substring(keyword.length()).stripLeading();
        if (!rest.startsWith("<")) {
            if (addresses == AddressSyntax.STRICT || rest.isEmpty()) {
                throw new Refusal(syntax);
            }
            return withoutBrackets(rest, addresses, badPath);
        }
        int end = indexOf('>', rest, 1);
        if (end < 0 || rest.substring(0, end + 1).getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
            throw new Refusal(badPath);
        }
        if (end + 1 < rest.length() && rest.charAt(end + 1) != ' ') {
            throw new Refusal(syntax);
        }
        return new PathArgument(
                withoutRoute(rest.substring(1, end), addresses, badPath), rest.substring(end + 1).strip());
    }

    /** The path is all up to the first blank; a bracket in it makes it no mailbox, and so it is refused. */
    private static PathArgument withoutBrackets(String text, AddressSyntax addresses, SmtpReply badPath)
            throws Refusal {
        int blank = indexOf(' ', text, 0);
        String path = blank < 0 ? text : text.substring(0, blank);
        if (path.getBytes(StandardCharsets.UTF_8).length > Mailbox.MAX_MAILBOX) {
            throw new Refusal(badPath);
        }
        return new PathArgument(withoutRoute(path, addresses, badPath), text.substring(path.length()).strip());
    }

    /** The null reverse-path. */
    public boolean isNull() {
        return path.isEmpty();
    }

    /** Whether it may stand in a command without SMTPUTF8 (RFC 6531); a mailbox of it may be in ASCII and it not. */
    public boolean isAscii() {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    /** {@code <Postmaster>} without a domain (RFC 5321 section 4.5.1). */
    public boolean isPostmaster() {
        return path.equalsIgnoreCase(POSTMASTER);
    }

    /** The mailbox, if it is one. */
    public Optional<Mailbox> mailbox(AddressSyntax addresses) {
        try {
            return Optional.of(Mailbox.parse(path, addresses));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What ends the path; a quoted local part may hold others. */
    private static int indexOf(char wanted, String text, int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == wanted && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** Drops {@code @one,@two:}, which RFC 5321 appendix C allows to be ignored once it is well-formed. */
    private static String withoutRoute(String path, AddressSyntax addresses, SmtpReply badPath) throws Refusal {
        if (!path.startsWith("@")) {
            return path;
        }
        int colon = path.indexOf(':');
        if (colon < 0) {
            throw new Refusal(badPath);
        }
        for (String hop : path.substring(0, colon).split(",", -1)) {
            if (!hop.startsWith("@") || !isDomain(hop.substring(1), addresses)) {
                throw new Refusal(badPath);
            }
        }
        if (colon + 1 == path.length()) {
            // a route to nowhere is not the null reverse-path
            throw new Refusal(badPath);
        }
        return path.substring(colon + 1);
    }

    private static boolean isDomain(String text, AddressSyntax addresses) {
        try {
            return !Mailbox.parse(POSTMASTER + "@" + text, addresses).domain().startsWith("[");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
