package io.smtpra.bench.bean;

import io.smtpra.Envelope;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** Sends one built message many times, through the connection factory or through Angus Mail. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BatchSender {

    private static final String FROM = "a@example.org";
    private static final String TO = "b@example.com";

    @Resource(lookup = "java:/smtp/relay")
    private SmtpConnectionFactory factory;

    /** A connection from the pool for each mail, as an application would take it. */
    public void throughFactory(MimeMessage message, int count) throws Exception {
        Envelope envelope = Envelope.from(FROM).to(TO).build();
        for (int i = 0; i < count; i++) {
            try (SmtpConnection connection = factory.getConnection()) {
                connection.send(envelope, message);
            }
        }
    }

    /** One transport, kept open: Angus Mail at its best. */
    public void throughAngus(MimeMessage message, int count, int port) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.from", FROM);
        Address[] to = {new InternetAddress(TO)};
        try (Transport transport = Session.getInstance(properties).getTransport("smtp")) {
            transport.connect("127.0.0.1", port, null, null);
            for (int i = 0; i < count; i++) {
                transport.sendMessage(message, to);
            }
        }
    }
}
