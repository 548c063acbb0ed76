package io.smtpra.ra.outbound;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/**
 * The octets of a message as they are sent: without {@code Bcc}, with a {@code Date} and a {@code Message-ID}. The
 * message stays as it is.
 */
final class MessageOctets {

    private static final String[] NOT_SENT = {"Bcc", "Resent-Bcc"};

    private MessageOctets() {}

    static void write(MimeMessage message, String id, Envelope envelope, OutputStream out)
            throws MessagingException, IOException {
        // RFC 5322 section 3.6: Date must be there, Message-ID should.
        if (isMissing(message, "Date")) {
            header(out, "Date: " + new MailDateFormat().format(new Date()));
        }
        if (isMissing(message, "Message-ID")) {
            String domain = envelope.reversePath().map(Mailbox::domain).orElse("localhost");
            header(out, "Message-ID: <" + id + "@" + domain + ">");
        }
        MimeMessage writable = isWritable(message) ? message : MessageCopy.of(message);
        writable.writeTo(out, NOT_SENT);
    }

    /**
     * Whether writing the message leaves it as it is. One that has never been saved would be saved, which puts headers
     * into it and its parts. A message of a class of its own may know better than we how it is written.
     */
    private static boolean isWritable(MimeMessage message) throws MessagingException {
        return message.getClass() != MimeMessage.class || !isMissing(message, "MIME-Version") || isParsed(message);
    }

    private static boolean isParsed(MimeMessage message) {
        try {
            message.getRawInputStream().close();
            return true;
        } catch (MessagingException | IOException e) {
            return false;
        }
    }

    private static boolean isMissing(MimeMessage message, String header) throws MessagingException {
        return message.getHeader(header) == null;
    }

    private static void header(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
