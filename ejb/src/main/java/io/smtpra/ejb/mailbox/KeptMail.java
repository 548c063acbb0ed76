package io.smtpra.ejb.mailbox;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.ListenerKind;
import io.smtpra.MailContent;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.TlsFacts;
import io.smtpra.ejb.store.MailEntry;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A stored mail as if it had just arrived, for those of its recipients that whoever looks may see. */
final class KeptMail implements InboundMail {

    private final MailEntry entry;
    private final MailContent content;

    KeptMail(MailEntry entry, MailContent content) {
        this.entry = entry;
        this.content = content;
    }

    @Override
    public String id() {
        return entry.id();
    }

    @Override
    public Instant receivedAt() {
        return entry.received();
    }

    @Override
    public Envelope envelope() {
        return Envelope.from(entry.reversePath().map(Mailbox::parse))
                .to(entry.recipients().toArray(String[]::new))
                .bodyType(BodyType.valueOf(entry.bodyType()))
                .smtpUtf8(entry.smtpUtf8())
                .build();
    }

    @Override
    public Peer peer() {
        MailEntry.Origin origin = entry.origin();
        return new Peer(InetSocketAddress.createUnresolved(origin.peer(), 0), Optional.empty(),
                origin.heloName(), ListenerKind.valueOf(origin.listener()), origin.user(), origin.tlsProtocol()
                        .map(protocol -> new TlsFacts(protocol, origin.tlsCipher().orElse(""), List.of(), false)));
    }

    @Override
    public long size() {
        return entry.size();
    }

    @Override
    public InputStream content() throws IOException {
        return content.open();
    }

    @Override
    public MimeMessage message() throws MessagingException {
        try (InputStream octets = content()) {
            return new MimeMessage(Session.getInstance(new Properties()), octets);
        } catch (IOException e) {
            throw new MessagingException("The mail cannot be read: " + e.getMessage(), e);
        }
    }
}
