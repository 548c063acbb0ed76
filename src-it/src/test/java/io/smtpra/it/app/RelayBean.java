package io.smtpra.it.app;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import jakarta.ejb.Stateless;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.Properties;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Sends in the container's transaction, through a connection factory that it finds by JNDI. */
@Stateless
public class RelayBean {

    /** Sends as the user that the factory or the server names. */
    public SendReceipt send(String factory, String form, Envelope envelope, byte[] octets) throws Exception {
        try (SmtpConnection connection = factory(factory).getConnection()) {
            return send(connection, form, envelope, octets);
        }
    }

    /** Sends as the user that the application names. */
    public SendReceipt sendAs(String user, String password, String factory, String form, Envelope envelope,
            byte[] octets) throws Exception {
        try (SmtpConnection connection = factory(factory).getConnection(user, password)) {
            return send(connection, form, envelope, octets);
        }
    }

    private static SendReceipt send(SmtpConnection connection, String form, Envelope envelope, byte[] octets)
            throws Exception {
        return switch (form) {
            case "message" -> connection.send(message(octets));
            case "enveloped" -> connection.send(envelope, message(octets));
            case "content" -> connection.send(envelope, MailContent.of(octets));
            case "partial" -> connection.send(partial(envelope), MailContent.of(octets));
            default -> throw new IllegalArgumentException(form);
        };
    }

    private static Envelope partial(Envelope envelope) {
        Envelope.Builder builder = Envelope.from(envelope.reversePath()).partial(true);
        envelope.recipients().forEach(builder::to);
        return builder.build();
    }

    private static MimeMessage message(byte[] octets) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    private static SmtpConnectionFactory factory(String name) throws NamingException {
        return Optional.of(new InitialContext().lookup("java:/smtp/" + name))
                .map(SmtpConnectionFactory.class::cast).orElseThrow();
    }
}
