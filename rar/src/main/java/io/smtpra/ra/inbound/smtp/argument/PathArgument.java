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
 * @param path what stands between the angle brackets, without a source route
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
     * @param syntax the reply when it does not begin like that
     * @param badPath the reply when the path does not end, or is too long
     */
    public static PathArgument parse(String argument, String keyword, SmtpReply syntax, SmtpReply badPath)
            throws Refusal {
        if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
            throw new Refusal(syntax);
        }
        // Blanks before the path are wrong and widely sent.
        String rest = argument.substring(keyword.length()).stripLeading();
        if (!rest.startsWith("<")) {
            throw new Refusal(syntax);
        }
        int end = closingBracket(rest);
        if (end < 0 || rest.substring(0, end + 1).getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
            throw new Refusal(badPath);
        }
        if (end + 1 < rest.length() && rest.charAt(end + 1) != ' ') {
            throw new Refusal(syntax);
        }
        return new PathArgument(withoutRoute(rest.substring(1, end), badPath), rest.substring(end + 1).strip());
    }

    /** The null reverse-path. */
    public boolean isNull() {
        return path.isEmpty();
    }

    /** {@code <Postmaster>} without a domain (RFC 5321 section 4.5.1). */
    public boolean isPostmaster() {
        return path.equalsIgnoreCase(POSTMASTER);
    }

    /** The mailbox, if it is one. */
    public Optional<Mailbox> mailbox() {
        try {
            return Optional.of(Mailbox.parse(path, AddressSyntax.STRICT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The bracket that ends the path; a quoted local part may hold others. */
    private static int closingBracket(String text) {
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** Drops {@code @one,@two:}, which RFC 5321 appendix C allows to be ignored once it is well-formed. */
    private static String withoutRoute(String path, SmtpReply badPath) throws Refusal {
        if (!path.startsWith("@")) {
            return path;
        }
        int colon = path.indexOf(':');
        if (colon < 0) {
            throw new Refusal(badPath);
        }
        for (String hop : path.substring(0, colon).split(",", -1)) {
            if (!hop.startsWith("@") || !isDomain(hop.substring(1))) {
                throw new Refusal(badPath);
            }
        }
        if (colon + 1 == path.length()) {
            // a route to nowhere is not the null reverse-path
            throw new Refusal(badPath);
        }
        return path.substring(colon + 1);
    }

    private static boolean isDomain(String text) {
        try {
            return !new Mailbox(POSTMASTER, text).domain().startsWith("[");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
