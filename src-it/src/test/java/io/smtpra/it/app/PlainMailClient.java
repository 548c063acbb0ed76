package io.smtpra.it.app;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportAdapter;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Jakarta Mail itself: by the short way, or by a transport of its own with a listener. */
record PlainMailClient(boolean byTransport) implements MailClient {

    /** What the listener has heard since it was last asked. */
    static final List<String> HEARD = new CopyOnWriteArrayList<>();

    @Override
    public void send(Session session, String subject, String[] recipients) throws Exception {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(FROM);
        message.setRecipients(Message.RecipientType.TO, String.join(",", recipients));
        message.setSubject(subject);
        message.setText("Grüße", "utf-8");
        if (!byTransport) {
            Transport.send(message);
            return;
        }
        message.saveChanges();
        try (Transport transport = session.getTransport("smtp")) {
            transport.addTransportListener(new TransportAdapter() {
                @Override
                public void messageDelivered(TransportEvent event) {
                    HEARD.add("delivered");
                }

                @Override
                public void messageNotDelivered(TransportEvent event) {
                    HEARD.add("not delivered");
                }
            });
            transport.connect();
            transport.sendMessage(message, InternetAddress.parse(String.join(",", recipients)));
        }
    }
}
