package io.smtpra.ra.outbound.compose;

import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.util.Objects;
import java.util.Optional;

/**
 * What content types say about how a message is written. An application nearly always sends the same one again; it is
 * parsed once.
 */
final class ContentTypes {

    private volatile Known last = Known.of("text/plain");

    /** What this one says, which is in the form of a header's value. */
    Known of(String type) {
        Known known = last;
        if (!known.type.equals(type)) {
            known = Known.of(type);
            last = known;
        }
        return known;
    }

    /**
     * A content type that was parsed.
     *
     * @param type as it was given
     * @param single whether it is one content, not made of parts; false if it cannot be parsed
     * @param textCharset for a text that is written as the characters it consists of: in which charset, by its Java name
     */
    record Known(String type, boolean single, Optional<String> textCharset) {

        private static Known of(String type) {
            try {
                ContentType parsed = new ContentType(type);
                boolean text = parsed.match("text/plain") || parsed.match("text/html");
                String charset = Objects.requireNonNullElse(parsed.getParameter("charset"), "us-ascii");
                return new Known(type, !parsed.match("multipart/*") && !parsed.match("message/*"),
                        text ? Optional.of(MimeUtility.javaCharset(charset)) : Optional.empty());
            } catch (ParseException e) {
                return new Known(type, false, Optional.empty());
            }
        }
    }
}
