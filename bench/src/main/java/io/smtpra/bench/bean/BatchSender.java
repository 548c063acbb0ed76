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
import jakarta.transaction.TransactionManager;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Sends one built message many times, through the connection factory or through Angus Mail. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BatchSender {

    static final String FROM = "a@example.org";
    static final String TO = "b@example.com";

    @Resource(lookup = "java:/smtp/relay")
    private SmtpConnectionFactory factory;

    @Resource(lookup = "java:jboss/TransactionManager")
    private TransactionManager transactions;

    /** A connection from the pool for each mail, as an application would take it. */
    public void throughFactory(MimeMessage message, int count) throws Exception {
        Envelope envelope = Envelope.from(FROM).to(TO).build();
        for (int i = 0; i < count; i++) {
            try (SmtpConnection connection = factory.getConnection()) {
                connection.send(envelope, message);
            }
        }
    }

    /** A transaction for each mail, with nothing else in it: the mail goes at its commit. */
    public void inTransactions(MimeMessage message, int count) throws Exception {
        Envelope envelope = Envelope.from(FROM).to(TO).build();
        for (int i = 0; i < count; i++) {
            transactions.begin();
            try (SmtpConnection connection = factory.getConnection()) {
                connection.send(envelope, message);
            }
            transactions.commit();
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

    /** A transport for each mail, with STARTTLS; sessions are resumed, as all use one context. */
    public void throughAngusWithTls(MimeMessage message, int count, int port) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.from", FROM);
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "false");
        properties.put("mail.smtp.ssl.socketFactory", AcceptingTls.CONTEXT.getSocketFactory());
        Address[] to = {new InternetAddress(TO)};
        Session session = Session.getInstance(properties);
        for (int i = 0; i < count; i++) {
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect("127.0.0.1", port, null, null);
                transport.sendMessage(message, to);
            }
        }
    }

    /** The floor: the same words over a bare socket, in the same two writes, without a pool, a log or a time-out. */
    public void throughSocket(MimeMessage message, int count, int port) throws Exception {
        byte[] group = ascii("MAIL FROM:<" + FROM + ">\r\nRCPT TO:<" + TO + ">\r\nDATA\r\n");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        message.writeTo(content);
        content.write(ascii("\r\n.\r\n"));
        byte[] octets = content.toByteArray();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 4 << 10);
            OutputStream out = socket.getOutputStream();
            readLines(in, 1);
            out.write(ascii("HELO client.example.org\r\n"));
            readLines(in, 1);
            for (int i = 0; i < count; i++) {
                out.write(group);
                readLines(in, 3);
                out.write(octets);
                readLines(in, 1);
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void readLines(InputStream in, int count) throws IOException {
        int left = count;
        while (left > 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("Connection closed");
            }
            left -= octet == '\n' ? 1 : 0;
        }
    }
}
