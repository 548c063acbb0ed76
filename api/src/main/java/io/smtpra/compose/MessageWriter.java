package io.smtpra.compose;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a message as {@code Transport.send} would send it: saved where that is missing, without {@code Bcc}, with a
 * {@code Date} and a {@code Message-ID}. The message stays as it is: what saving would change is changed in a copy. One
 * that was read, and not changed since, leaves octet for octet as it came.
 *
 * <p>One writer serves any number of messages and threads.
 */
public final class MessageWriter {

    /** Content-Length is of mail in files, and wrong after any change; Jakarta Mail leaves it out too. */
    private static final List<String> NOT_SENT = List.of("Bcc", "Resent-Bcc", "Content-Length");

    private final ContentTypes types = new ContentTypes();
    private final HandlerLoader handlers = new HandlerLoader();

    /**
     * Writes a message.
     *
     * @param message the message; it is not changed, but for one of a class of its own that saves itself in its own way
     * @param id what its {@code Message-ID} begins with if it has none: letters, digits and hyphens
     * @param envelope with which it leaves: the domain of the reverse-path ends an id that is made
     * @param target takes the octets in pieces of some KiB; it is neither flushed nor closed
     * @throws MessagingException if the message makes no octets, for an unknown encoding, say
     * @throws IOException if a content cannot be read, the target refuses, or a header holds a line break that would
     *     end it ({@link BrokenHeaderException})
     */
    public void write(MimeMessage message, String id, Envelope envelope, OutputStream target)
            throws MessagingException, IOException {
        LineStream out = new LineStream(target);
        write(message, id, envelope, out);
        out.pass();
    }

    private void write(MimeMessage message, String id, Envelope envelope, LineStream out)
            throws MessagingException, IOException {
        if (isSimple(message)) {
            writeSaved(message, added(message, id, envelope, out), out);
            return;
        }
        handlers.run(message, () -> {
            if (OwnClasses.writesItself(message)) {
                writeItself(message, id, envelope, out);
            } else {
                writeCopy(message, id, envelope, out);
            }
        });
    }

    private void writeCopy(MimeMessage message, String id, Envelope envelope, LineStream out)
            throws MessagingException, IOException {
        // Neither what came nor what is saved is copied, which costs more than it seems to: Jakarta Mail searches the
        // class path for each part that is made.
        boolean saved = ParsedContent.isUnchanged(message)
                || !isMissing(message, "MIME-Version") && !UnsavedParts.in(message);
        MimeMessage writable = saved ? message : MessageCopy.of(message, types);
        writeSaved(writable, added(message, id, envelope, out), out);
    }

    private void writeSaved(MimeMessage message, String[] leftOut, LineStream out)
            throws MessagingException, IOException {
        new EntityWriter(out, types, message.getSession()).write(message, leftOut);
    }

    /**
     * Whether it is saved and of one content that is written without help: a text mostly, as nearly all messages are.
     */
    private boolean isSimple(MimeMessage message) throws MessagingException, IOException {
        return !OwnClasses.writesItself(message)
                && !isMissing(message, "MIME-Version")
                && !isMissing(message, "Content-Type")
                && !isMissing(message, "Content-Transfer-Encoding")
                && types.of(message.getContentType()).single()
                && MadeContent.isPlain(message.getDataHandler(), types);
    }

    /**
     * A message of a class of its own may know better than we how it is saved and written. It is saved itself where
     * that is necessary, for want of another way to have it so.
     */
    private void writeItself(MimeMessage message, String id, Envelope envelope, LineStream out)
            throws MessagingException, IOException {
        boolean read = ParsedContent.wasRead(message);
        if (!read && isMissing(message, "MIME-Version")) {
            // It saves itself while it is written.
            message.writeTo(out, NOT_SENT.toArray(String[]::new));
            return;
        }
        if (UnsavedParts.in(message)) {
            message.saveChanges();
        }
        message.writeTo(out, added(message, id, envelope, out));
    }

    /**
     * Writes what every mail must or should have and this one lacks (RFC 5322 section 3.6).
     *
     * @return the headers that must not come now: those never sent, and those written here, which a message that saves
     *     itself while it is written would give itself a second time
     */
    private String[] added(MimeMessage message, String id, Envelope envelope, LineStream out)
            throws MessagingException, IOException {
        List<String> notSent = new ArrayList<>(NOT_SENT);
        for (Map.Entry<String, String> header : missing(message, id, envelope).entrySet()) {
            out.writeln(header.getKey() + ": " + header.getValue());
            notSent.add(header.getKey());
        }
        return notSent.toArray(String[]::new);
    }

    private Map<String, String> missing(MimeMessage message, String id, Envelope envelope) throws MessagingException {
        Map<String, String> headers = new LinkedHashMap<>(4);
        if (isMissing(message, "Date")) {
            headers.put("Date", new MailDateFormat().format(new Date()));
        }
        if (isMissing(message, "Message-ID")) {
            String domain = envelope.reversePath().or(() -> MessageEnvelope.author(message))
                    .map(Mailbox::asciiDomain).orElse("localhost");
            headers.put("Message-ID", "<" + id + "@" + domain + ">");
        }
        return headers;
    }

    private static boolean isMissing(MimeMessage message, String header) throws MessagingException {
        return message.getHeader(header) == null;
    }
}
