package io.smtpra.report;

import io.smtpra.BodyType;
import io.smtpra.DsnReturn;
import io.smtpra.Envelope;
import io.smtpra.MailContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a notification brings back of a mail.
 *
 * @param octets the mail, or its header
 * @param whole whether it is the mail
 */
record ReturnedMail(byte[] octets, boolean whole) {

    /** A header is never longer, whatever a stranger sends as one. */
    private static final int MAX_HEADER = 65_536;

    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(<[!-~&&[^<>]]{1,250}>)[ \\t]*$");

    /** RFC 3461 section 4.3: a mail comes back whole only where it failed. */
    static ReturnedMail read(MailContent content, Envelope envelope, List<RecipientFate> told, int limit)
            throws IOException {
        boolean whole = told.stream().anyMatch(fate -> fate.action() == Action.FAILED)
                && envelope.dsnReturn().filter(wanted -> wanted == DsnReturn.HDRS).isEmpty()
                // within a report there is no chunk that could carry it
                && envelope.bodyType() != BodyType.BINARY_MIME;
        int least = Math.max(whole ? limit : 0, MAX_HEADER);
        byte[] read;
        try (InputStream in = content.open()) {
            read = in.readNBytes(least + 1);
        }
        if (whole && read.length <= limit) {
            return new ReturnedMail(read, true);
        }
        return new ReturnedMail(Arrays.copyOf(read, endOfHeader(read)), false);
    }

    boolean isAscii() {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }

    /** The mail's own id, by which a mail program shows the notification beside it. */
    Optional<String> messageId() {
        String header = new String(octets, 0, whole ? endOfHeader(octets) : octets.length, StandardCharsets.ISO_8859_1);
        Matcher matcher = MESSAGE_ID.matcher(header);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Behind the last whole line of the header. */
    private static int endOfHeader(byte[] mail) {
        int lineStart = 0;
        for (int i = 0; i < mail.length && i < MAX_HEADER; i++) {
            if (mail[i] == '\n') {
                if (i == lineStart || i == lineStart + 1 && mail[lineStart] == '\r') {
                    return lineStart;
                }
                lineStart = i + 1;
            }
        }
        return mail.length < MAX_HEADER ? mail.length : lineStart;
    }
}
