package io.smtpra.mailer;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.MailContent;
import io.smtpra.Peer;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A mail as a bean has it, until it {@linkplain #expire() expires}. */
final class ArrivedMail implements InboundMail {

    private final byte[] octets;
    private final Envelope envelope;
    private boolean expired;

    ArrivedMail(String text, String... recipients) {
        this(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), recipients);
    }

    private ArrivedMail(byte[] octets, String... recipients) {
        this.octets = octets;
        this.envelope = Envelope.from("jane@example.org").to(recipients).build();
    }

    /** A mail of ours that has arrived. */
    static ArrivedMail of(Mail mail, String... recipients) throws IOException {
        return new ArrivedMail(octets(mail.content()), recipients);
    }

    static byte[] octets(MailContent content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    void expire() {
        expired = true;
    }

    @Override
    public String id() {
        return "M1";
    }

    @Override
    public Instant receivedAt() {
        return Instant.parse("2026-11-24T03:04:05Z");
    }

    @Override
    public Envelope envelope() {
        return envelope;
    }

    @Override
    public Peer peer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
        return octets.length;
    }

    @Override
    public InputStream content() {
        if (expired) {
            throw new IllegalStateException("expired");
        }
        return new ByteArrayInputStream(octets);
    }

    @Override
    public MimeMessage message() {
        throw new UnsupportedOperationException();
    }
}
