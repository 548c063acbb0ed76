package io.smtpra.ra.client;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.transfer.SendOptions;
import io.smtpra.ra.client.transfer.SendResult;
import io.smtpra.ra.client.transfer.SendableContent;
import io.smtpra.ra.outbound.form.OutgoingContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Mails to send. */
public final class Mails {

    public static final Envelope ENVELOPE = Envelope.from("a@example.com").to("b@example.org").build();

    public static final Envelope TO_THREE =
            Envelope.from("a@example.com").to("b@example.org", "c@example.org", "d@example.org").build();

    public static final String TEXT = "Subject: x\r\n\r\nhello\r\n";

    private Mails() {}

    public static SendableContent content(String text) {
        return content(MailContent.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static SendableContent content(Envelope envelope, String text) {
        return new OutgoingContent(MailContent.of(text.getBytes(StandardCharsets.UTF_8)), envelope.bodyType());
    }

    public static SendableContent content(MailContent octets) {
        return new OutgoingContent(octets, BodyType.SEVEN_BIT);
    }

    /** A bound that no test comes to. */
    public static SendOptions options() {
        return SendOptions.within(Duration.ofMinutes(1));
    }

    /** The same, for those that are accepted. */
    public static Envelope partial(Envelope envelope) {
        Envelope.Builder builder = Envelope.from(envelope.reversePath()).partial(true);
        envelope.recipients().forEach(builder::to);
        return builder.build();
    }

    /** Sends a plain mail to all or nobody. */
    public static SendResult send(SmtpClientConnection connection) throws SmtpException {
        return send(connection, ENVELOPE, TEXT);
    }

    public static SendResult send(SmtpClientConnection connection, Envelope envelope, String text) throws SmtpException {
        return connection.send(envelope, content(envelope, text), options());
    }
}
