package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.Recipient;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.report.DeliveryNotification;
import jakarta.ejb.MessageDriven;
import java.util.Optional;
import javax.naming.InitialContext;

/** Keeps the promise of the extension DSN, as docs/inbound.md shows it: tells who asked that a mail was delivered. */
@MessageDriven
public class NotifyingBean implements MailListener {

    @Override
    public void onMail(InboundMail mail) throws Exception {
        DeliveryNotification.Builder told = DeliveryNotification.about(mail, "mx.example.com");
        for (Recipient recipient : mail.envelope().recipients()) {
            told.delivered(recipient);
        }
        Optional<DeliveryNotification> notification = told.build();
        if (notification.isPresent()) {
            SmtpConnectionFactory factory = Optional.of(new InitialContext().lookup("java:/smtp/peer"))
                    .map(SmtpConnectionFactory.class::cast).orElseThrow();
            try (SmtpConnection connection = factory.getConnection()) {
                connection.send(notification.get().envelope(), notification.get().content());
            }
        }
    }
}
