package io.smtpra.it.app;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import jakarta.ejb.MessageDriven;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import javax.naming.InitialContext;

/**
 * Sends each mail on through the adapter's connection factory: as octets, or, to {@code message@…}, as the message that
 * it has gone through before, part by part.
 */
@MessageDriven
public class SendingOnBean implements MailListener {

    @Override
    public void onMail(InboundMail mail) throws Exception {
        SmtpConnectionFactory factory = (SmtpConnectionFactory) new InitialContext().lookup("java:/smtp/relay");
        String recipient = mail.envelope().recipients().get(0).mailbox().localPart();
        Envelope envelope = Envelope.from("forwarder@example.com").to("reader@example.net").build();
        try (SmtpConnection connection = factory.getConnection()) {
            if (recipient.equals("message")) {
                MimeMessage message = mail.message();
                look(message);
                connection.send(envelope, message);
            } else {
                connection.send(envelope, mail::content);
            }
        }
    }

    private static void look(Part part) throws Exception {
        Object content = part.getContent();
        if (content instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                look(multipart.getBodyPart(i));
            }
        } else if (content instanceof Part inner) {
            look(inner);
        }
    }
}
