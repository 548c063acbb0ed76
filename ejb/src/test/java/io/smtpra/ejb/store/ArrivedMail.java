package io.smtpra.ejb.store;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.ListenerKind;
import io.smtpra.Peer;
import io.smtpra.TlsFacts;
import io.smtpra.authenticity.Authenticity;
import io.smtpra.authenticity.Verdict;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A mail as a test says it.
 *
 * @param id its id
 * @param envelope its envelope
 * @param text its content, with LF as line end
 * @param receivedAt when it came
 * @param authenticity what was found out about who sent it
 */
public record ArrivedMail(String id, Envelope envelope, String text, Instant receivedAt, Authenticity authenticity)
        implements InboundMail {

    public static final Instant ARRIVAL = Instant.parse("2026-11-24T04:00:00Z");

    public ArrivedMail(String id, Envelope envelope, String text) {
        this(id, envelope, text, ARRIVAL);
    }

    public ArrivedMail(String id, Envelope envelope, String text, Instant receivedAt) {
        this(id, envelope, text, receivedAt, Authenticity.unknown());
    }

    ArrivedMail with(Verdict... verdicts) {
        return new ArrivedMail(id, envelope, text, receivedAt, new Authenticity(List.of(verdicts)));
    }

    public static ArrivedMail of(String from, String to, String text) {
        return new ArrivedMail("ID-1", Envelope.from(from).to(to).build(), text);
    }

    @Override
    public Peer peer() {
        return new Peer(new InetSocketAddress("192.0.2.1", 4711), Optional.empty(), "mail.example.org",
                ListenerKind.SMTP,
                Optional.empty(), Optional.of(new TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of(), false)));
    }

    @Override
    public long size() {
        return octets().length;
    }

    @Override
    public InputStream content() {
        return new ByteArrayInputStream(octets());
    }

    @Override
    public MimeMessage message() throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), content());
    }

    private byte[] octets() {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
