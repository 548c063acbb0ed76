package io.smtpra.ejb;

import io.smtpra.Envelope;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.mail.internet.MimeMessage;

/**
 * Sends mail through the next hop that the administrator has configured as {@code java:/smtp/relay}.
 *
 * <p>It takes part in its caller's transaction: the mail goes when that commits, and does not go when it is rolled
 * back. A caller that has none gets one, so that the mail has gone when the call returns.
 */
@Stateless
public class MailSender {

    @Resource(lookup = "java:/smtp/relay")
    private SmtpConnectionFactory relay;

    /**
     * Sends a message with the envelope that its headers tell.
     *
     * @param message the message
     * @return what became of it
     * @throws SmtpException if it was refused or could not be sent
     */
    public SendReceipt send(MimeMessage message) throws SmtpException {
        try (SmtpConnection connection = relay.getConnection()) {
            return connection.send(message);
        }
    }

    /**
     * Sends a message with an envelope of its own.
     *
     * @param envelope who sends it to whom
     * @param message the message
     * @return what became of it
     * @throws SmtpException if it was refused or could not be sent
     */
    public SendReceipt send(Envelope envelope, MimeMessage message) throws SmtpException {
        try (SmtpConnection connection = relay.getConnection()) {
            return connection.send(envelope, message);
        }
    }
}
