package io.smtpra.it.app;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;

/** Names neither an adapter nor a module: takes what comes and passes it on. */
@MessageDriven(activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@example.com"))
public class PlainBean implements MailListener {

    @Resource(lookup = "java:/smtp/relay")
    private SmtpConnectionFactory relay;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        try (SmtpConnection connection = relay.getConnection()) {
            connection.send(Envelope.from("bean@example.com").to("reader@example.net").build(), mail::content);
        }
    }
}
