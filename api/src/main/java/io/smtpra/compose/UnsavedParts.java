package io.smtpra.compose;

import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import java.io.IOException;

/** Content that was set and not saved since: it has no type yet, or no encoding. */
final class UnsavedParts {

    private static final int MAX_DEPTH = 50;

    private UnsavedParts() {}

    /** Whether there is any in a message or part; one that is in a folder cannot be changed, and is not looked at. */
    static boolean in(MimePart part) throws MessagingException {
        boolean readOnly = part instanceof MimeMessage message && message.getFolder() != null;
        return !readOnly && in(part, 0);
    }

    private static boolean in(MimePart part, int depth) throws MessagingException {
        boolean parts = part.isMimeType("multipart/*");
        if (isMade(part)) {
            boolean complete = part.getHeader("Content-Type") != null
                    && (parts || part.isMimeType("message/*") || part.getHeader("Content-Transfer-Encoding") != null);
            if (!complete) {
                return true;
            }
        }
        return depth < MAX_DEPTH && (parts || part.isMimeType("message/rfc822")) && within(part, depth);
    }

    /** Whether the content was set, also if another one was read before. */
    private static boolean isMade(MimePart part) throws MessagingException {
        return part.getDataHandler().getClass() == DataHandler.class;
    }

    private static boolean within(MimePart part, int depth) throws MessagingException {
        try {
            // What comes from a source is written as it is.
            Object content = MadeContent.of(part.getDataHandler())
                    .orElse(isMade(part) ? "" : part.getContent());
            if (content instanceof MimeMultipart parts) {
                return inParts(parts, depth);
            }
            return content instanceof MimeMessage message && !OwnClasses.writesItself(message)
                    && (isMade(message) && message.getHeader("MIME-Version") == null
                            || in(message, depth + 1));
        } catch (IOException e) {
            // What cannot be taken apart has no parts that were set.
            return false;
        }
    }

    private static boolean inParts(MimeMultipart parts, int depth) throws MessagingException {
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart inner = parts.getBodyPart(i);
            if (!(inner instanceof MimeBodyPart mime) || in(mime, depth + 1)) {
                return true;
            }
        }
        return false;
    }
}
