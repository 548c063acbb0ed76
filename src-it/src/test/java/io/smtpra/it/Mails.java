package io.smtpra.it;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Sends mail to the server with Angus Mail, a client that is not ours. */
final class Mails {

    /** How the client treats STARTTLS. */
    enum StartTls {
        NEVER,
        REQUIRED
    }

    private Mails() {}

    /** A message, and the address it comes from. */
    static MimeMessage message(String from, String to, String subject, String text) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress(from));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        message.setText(text, "UTF-8");
        message.saveChanges();
        return message;
    }

    /**
     * Sends a message to the recipients that its headers name.
     *
     * @return the server's reply to the content
     * @throws MessagingException if the server refuses; {@code SMTPSendFailedException} knows its reply
     */
    static String send(MimeMessage message, StartTls startTls) throws MessagingException {
        try (SMTPTransport transport = connect(startTls)) {
            transport.sendMessage(message, message.getAllRecipients());
            return transport.getLastServerResponse().trim();
        }
    }

    /** Sends a message over STARTTLS to another server than the tests' usual one. */
    static String send(MimeMessage message, int port) throws MessagingException {
        return send(message, port, null, null);
    }

    /** Sends a message as a user, over STARTTLS. */
    static String send(MimeMessage message, int port, String user, String password) throws MessagingException {
        try (SMTPTransport transport = connect(StartTls.REQUIRED, port, user, password)) {
            transport.sendMessage(message, message.getAllRecipients());
            return transport.getLastServerResponse().trim();
        }
    }

    /** An open connection to the server's listener, after EHLO and, if required, STARTTLS. */
    static SMTPTransport connect(StartTls startTls) throws MessagingException {
        return connect(startTls, Ports.SMTP, null, null);
    }

    /** An open connection to another server than the tests' usual one. */
    static SMTPTransport connect(StartTls startTls, int port) throws MessagingException {
        return connect(startTls, port, null, null);
    }

    private static SMTPTransport connect(StartTls startTls, int port, String user, String password)
            throws MessagingException {
        Properties settings = new Properties();
        settings.setProperty("mail.smtp.localhost", "client.example.org");
        settings.setProperty("mail.smtp.auth", Boolean.toString(user != null));
        settings.setProperty("mail.smtp.connectiontimeout", "20000");
        settings.setProperty("mail.smtp.timeout", "60000");
        settings.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls == StartTls.REQUIRED));
        settings.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls == StartTls.REQUIRED));
        // the server's certificate is made at its start, and nobody knows it
        settings.setProperty("mail.smtp.ssl.trust", "*");
        settings.setProperty("mail.smtp.ssl.checkserveridentity", "false");
        Transport transport = Session.getInstance(settings).getTransport("smtp");
        transport.connect(Ports.LOOPBACK, port, user, password);
        return (SMTPTransport) transport;
    }
}
