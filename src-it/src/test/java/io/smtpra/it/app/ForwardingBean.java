package io.smtpra.it.app;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.MailContent;
import io.smtpra.MailListener;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;

/** Forwards each mail twice in its transaction: to two recipients, each with a mail of its own. */
@MessageDriven
public class ForwardingBean implements MailListener {

    @Resource(lookup = "java:/smtp/relay")
    private SmtpConnectionFactory relay;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        try (SmtpConnection connection = relay.getConnection()) {
            for (String recipient : new String[] {"first@example.org", "second@example.org"}) {
                connection.send(Envelope.from("forwarder@example.com").to(recipient).build(),
                        MailContent.of(mail.content().readAllBytes()));
            }
        }
    }
}
