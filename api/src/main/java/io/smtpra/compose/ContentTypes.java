package io.smtpra.compose;

import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
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
     * @param single whether it is one content, not made of parts; true also if it cannot be parsed
     * @param textCharset for a text that is written as the characters it consists of: in which charset, by its Java
     *     name
     */
    record Known(String type, boolean single, Optional<String> textCharset) {

        private static Known of(String type) {
            try {
                ContentType parsed = new ContentType(type);
                return new Known(type, !parsed.match("multipart/*") && !parsed.match("message/*"),
                        charset(parsed).map(MimeUtility::javaCharset));
            } catch (ParseException e) {
                return new Known(type, true, Optional.empty());
            }
        }

        /** Jakarta Mail has handlers for these two, and writes other texts in the charset of the platform. */
        private static Optional<String> charset(ContentType type) {
            String named = type.match("text/*") ? type.getParameter("charset") : null;
            boolean plain = type.match("text/plain") || type.match("text/html");
            return Optional.ofNullable(named == null && plain ? "us-ascii" : named);
        }
    }
}
