package io.smtpra.bench.bean;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.mail.internet.MimeMessage;
import org.jboss.ejb3.annotation.ResourceAdapter;

/**
 * Sends on command: a mail with the subject {@code factory 1000 2526} or {@code angus 1000 2526} makes it send so many
 * mails to a port on loopback, and the reply to that mail comes when all are sent.
 */
@MessageDriven(activationConfig = @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@example.net"))
@ResourceAdapter("smtp-ra.rar")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SendingBean implements MailListener {

    @EJB
    private BatchSender sender;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        MimeMessage message = mail.message();
        String[] order = message.getSubject().split(" ");
        int count = Integer.parseInt(order[1]);
        if (order[0].equals("factory")) {
            sender.throughFactory(message, count);
        } else {
            sender.throughAngus(message, count, Integer.parseInt(order[2]));
        }
    }
}
