package io.smtpra.ra.client;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import java.nio.charset.StandardCharsets;

/** Mails to send. */
final class Mails {

    static final Envelope ENVELOPE = Envelope.from("a@example.com").to("b@example.org").build();

    static final Envelope TO_THREE =
            Envelope.from("a@example.com").to("b@example.org", "c@example.org", "d@example.org").build();

    static final String TEXT = "Subject: x\r\n\r\nhello\r\n";

    private Mails() {}

    static MailContent content(String text) {
        return MailContent.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a plain mail to all or nobody. */
    static SendResult send(SmtpClientConnection connection) throws SmtpException {
        return send(connection, ENVELOPE, TEXT);
    }

    static SendResult send(SmtpClientConnection connection, Envelope envelope, String text) throws SmtpException {
        return connection.send(envelope, content(text), SendOptions.ALL_OR_NOTHING);
    }
}
