package io.smtpra.bench.bean;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;
import java.util.Properties;
import org.jboss.ejb3.annotation.ResourceAdapter;

/**
 * Sends on command: a mail with the subject {@code factory built 1000 2526} or {@code angus parsed 1000 2526} makes it
 * send so many mails to a port on loopback, and the reply to that mail comes when all are sent. What is sent is one
 * message, made before: {@code built} by the API out of the mail's text, or {@code parsed}, which is the mail itself.
 */
@MessageDriven(activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@example.net"))
@ResourceAdapter("smtp-ra.rar")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SendingBean implements MailListener {

    @EJB
    private BatchSender sender;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        MimeMessage parsed = mail.message();
        String[] order = parsed.getSubject().split(" ");
        MimeMessage message = order[1].equals("built") ? built(parsed) : parsed;
        int count = Integer.parseInt(order[2]);
        int port = Integer.parseInt(order[3]);
        switch (order[0]) {
            case "factory" -> sender.throughFactory(message, count);
            case "transacted" -> sender.inTransactions(message, count);
            case "angus" -> sender.throughAngus(message, count, port);
            case "angusTls" -> sender.throughAngusWithTls(message, count, port);
            case "socket" -> sender.throughSocket(message, count, port);
            default -> throw new IllegalArgumentException(order[0]);
        }
    }

    /** As an application makes it that writes a text to somebody. */
    private static MimeMessage built(MimeMessage parsed) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress(BatchSender.FROM));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(BatchSender.TO));
        message.setSubject(parsed.getSubject());
        message.setSentDate(new Date());
        message.setText((String) parsed.getContent());
        message.saveChanges();
        return message;
    }
}
