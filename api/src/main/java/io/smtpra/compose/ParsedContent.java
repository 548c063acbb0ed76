package io.smtpra.compose;

import jakarta.activation.DataSource;
import jakarta.mail.BodyPart;
import jakarta.mail.MessageAware;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Objects;

/**
 * Content that was read together with its message or part. A message that was read keeps its octets, and Jakarta Mail
 * goes on writing them when the content was replaced or a part was changed, until it is saved.
 */
final class ParsedContent {

    /** Deeper than any mail is; what lies below is taken for unchanged. */
    private static final int MAX_DEPTH = 50;

    private ParsedContent() {}

    /** Whether the content is the one that was read, not one that was set afterwards; true also if there is none. */
    static boolean isOwn(MimePart part) throws MessagingException {
        return part.getDataHandler().getDataSource() instanceof MessageAware source
                && source.getMessageContext() != null
                && source.getMessageContext().getPart() == part;
    }

    /** Whether a content was read, though another may have been set since. */
    static boolean wasRead(MimePart part) {
        try {
            raw(part).close();
            return true;
        } catch (MessagingException | IOException e) {
            return false;
        }
    }

    /** Whether the content was read, and neither it nor a part of it was changed since. */
    static boolean isUnchanged(MimePart part) throws MessagingException {
        return isOwn(part) && hasUnchangedParts(part, 0);
    }

    /** The octets as they were read. */
    static InputStream raw(MimePart part) throws MessagingException {
        return part instanceof MimeMessage message
                ? message.getRawInputStream() : ((MimeBodyPart) part).getRawInputStream();
    }

    /** A message or multipart that was read is an object once it was asked for, and that may have been changed. */
    private static boolean hasUnchangedParts(MimePart part, int depth) throws MessagingException {
        if (depth == MAX_DEPTH || !isMadeOfParts(part.getContentType())) {
            return true;
        }
        try {
            Object now = part.getContent();
            DataSource source = part.getDataHandler().getDataSource();
            // Read anew without a handler of Jakarta Mail's, which not every thread finds.
            if (now instanceof MimeMultipart parts) {
                return isSame(parts, new MimeMultipart(source), depth);
            }
            return !(now instanceof MimeMessage message)
                    || isSame((MimePart) message,
                            new MimeMessage(message.getSession(), source.getInputStream()), depth);
        } catch (IOException | MessagingException e) {
            // Not what it says that it is: nobody can have changed a part of it.
            return true;
        }
    }

    /** Told without parsing the type, for it is asked of every mail. */
    private static boolean isMadeOfParts(String type) {
        return type.regionMatches(true, 0, "multipart/", 0, 10) || type.regionMatches(true, 0, "message/", 0, 8);
    }

    private static boolean isSame(MimeMultipart now, MimeMultipart asRead, int depth) throws MessagingException {
        boolean same = now.getCount() == asRead.getCount()
                && now.getContentType().equals(asRead.getContentType())
                && Objects.equals(now.getPreamble(), asRead.getPreamble());
        for (int i = 0; same && i < now.getCount(); i++) {
            BodyPart part = now.getBodyPart(i);
            same = part instanceof MimeBodyPart mime && isSame(mime, (MimeBodyPart) asRead.getBodyPart(i), depth);
        }
        return same;
    }

    private static boolean isSame(MimePart now, MimePart asRead, int depth) throws MessagingException {
        return isOwn(now)
                && Collections.list(now.getAllHeaderLines()).equals(Collections.list(asRead.getAllHeaderLines()))
                && hasUnchangedParts(now, depth + 1);
    }
}
