package io.smtpra.ejb;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.Mailbox;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the store keeps of a message.
 *
 * @param messageId its {@code Message-ID}, if it has one
 * @param subject its decoded subject; empty if it has none
 * @param headers all its headers, one a line
 * @param text its readable text; empty if it has none
 * @param fingerprint what the same mail has again when its sender repeats it; absent without a {@code Message-ID}
 */
record MailDigest(
        Optional<String> messageId, String subject, String headers, String text, Optional<String> fingerprint) {

    static MailDigest of(InboundMail mail) throws MessagingException, IOException {
        MimeMessage message = mail.message();
        Optional<String> messageId =
                Optional.ofNullable(message.getMessageID()).map(String::trim).filter(id -> !id.isEmpty());
        String fingerprint = fingerprint(messageId.orElse(""), mail.envelope(), message);
        return new MailDigest(
                messageId.map(MailDigest::clean),
                clean(Optional.ofNullable(message.getSubject()).orElse("")),
                clean(headers(message)),
                clean(MessageText.of(message)),
                messageId.map(id -> fingerprint));
    }

    private static String headers(MimeMessage message) throws MessagingException {
        return Collections.list(message.getAllHeaders()).stream()
                .map(MailDigest::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(Header header) {
        return header.getName() + ": " + header.getValue().replace("\r\n", "\n");
    }

    /**
     * RFC 5321 section 4.5.4.1: a sender that does not hear our reply sends again, so a mail can come twice. Our id and
     * our {@code Received} header differ then; message id, envelope and body do not. A {@code Message-ID} alone would
     * not do: a mailing list sends the same one to several recipients in several transactions.
     */
    private static String fingerprint(String messageId, Envelope envelope, MimeMessage message)
            throws MessagingException, IOException {
        MessageDigest sha256 = sha256();
        add(sha256, messageId);
        add(sha256, envelope.reversePath().map(Mailbox::toString).orElse(""));
        envelope.recipients().forEach(recipient -> add(sha256, recipient.mailbox().toString()));
        try (InputStream body = new DigestInputStream(message.getRawInputStream(), sha256)) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void add(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java platform has SHA-256", e);
        }
    }

    /** Not each database takes a NUL in a text. */
    private static String clean(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
