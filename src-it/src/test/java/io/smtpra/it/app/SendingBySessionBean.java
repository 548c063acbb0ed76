package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.mail.Session;

/** Answers each mail by the Session that each server has, and by the adapter's, in the transaction that receives it. */
@MessageDriven(activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@example.com"))
public class SendingBySessionBean implements MailListener {

    @Resource(lookup = "java:jboss/mail/Default")
    private Session ofTheServer;

    @Resource(lookup = "java:/smtp/mail")
    private Session ofTheAdapter;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        PlainMailClient client = new PlainMailClient(false);
        client.send(ofTheServer, "by the server's", new String[] {"reader@example.net"});
        client.send(ofTheAdapter, "by the adapter's", new String[] {"reader@example.net"});
    }
}
