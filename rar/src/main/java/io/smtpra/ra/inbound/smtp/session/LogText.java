package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.Mailbox;
import java.util.Optional;

/** Makes what a client has said fit for a line of the log, so that it can neither end the line nor forge a field. */
public final class LogText {

    private static final int MAX = 320;

    private LogText() {}

    /** Letters and digits of any script and the usual signs stay; all else is written as its code. */
    public static String safe(String text) {
        if (text.length() <= MAX && isPlainAscii(text)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().limit(MAX).forEach(c -> {
            if (isPlain(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(String.format("\\u{%x}", c));
            }
        });
        return safe.toString();
    }

    static String path(Optional<Mailbox> mailbox) {
        return "<" + mailbox.map(Mailbox::toString).map(LogText::safe).orElse("") + ">";
    }

    private static boolean isPlainAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127 || !isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int c) {
        return c < 128
                ? c > 32 && c < 127 && c != '"' && c != '<' && c != '>' && c != '\\' && c != ','
                : Character.isLetterOrDigit(c);
    }
}
