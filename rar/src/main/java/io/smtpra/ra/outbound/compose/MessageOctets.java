package io.smtpra.ra.outbound.compose;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The octets of a message as they are sent: without {@code Bcc}, with a {@code Date} and a {@code Message-ID}. The
 * message stays as it is.
 */
final class MessageOctets {

    private MessageOctets() {}

    static void write(MimeMessage message, String id, Envelope envelope, ContentTypes types, LineStream out)
            throws MessagingException, IOException {
        List<String> notSent = new ArrayList<>(List.of("Bcc", "Resent-Bcc"));
        boolean unsaved = isMissing(message, "MIME-Version") && !isParsed(message);
        boolean ownClass = message.getClass() != MimeMessage.class;
        if (!(unsaved && ownClass)) {
            // RFC 5322 section 3.6: Date must be there, Message-ID should.
            for (Map.Entry<String, String> header : missing(message, id, envelope).entrySet()) {
                out.write((header.getKey() + ": " + header.getValue() + "\r\n").getBytes(StandardCharsets.UTF_8));
                // Lest it comes a second time: a message that is saved while it is written gives itself one.
                notSent.add(header.getKey());
            }
        }
        // Writing a message that has never been saved saves it, which puts headers into it and its parts. A message
        // of a class of its own may know better than we how it is saved.
        MimeMessage writable = unsaved && !ownClass ? MessageCopy.of(message) : message;
        String[] left = notSent.toArray(String[]::new);
        Optional<SimpleMessage> simple = SimpleMessage.of(writable, types);
        if (simple.isPresent()) {
            simple.get().writeTo(out, left);
        } else {
            writable.writeTo(out, left);
        }
    }

    private static Map<String, String> missing(MimeMessage message, String id, Envelope envelope)
            throws MessagingException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (isMissing(message, "Date")) {
            headers.put("Date", new MailDateFormat().format(new Date()));
        }
        if (isMissing(message, "Message-ID")) {
            String domain = envelope.reversePath().map(Mailbox::domain).orElse("localhost");
            headers.put("Message-ID", "<" + id + "@" + domain + ">");
        }
        return headers;
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
}
