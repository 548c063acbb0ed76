package io.smtpra.ejb;

import io.smtpra.InboundMail;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.TlsFacts;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A mail as it is kept: its envelope, its headers, its text, and how it came. */
@Entity
@Table(name = "SMTPRA_MAIL")
@NamedQuery(
        name = "StoredMail.idByFingerprint",
        query = "select mail.id from StoredMail mail where mail.fingerprint = :fingerprint")
public class StoredMail {

    private static final int MAX_SUBJECT = 998;
    private static final int MAX_MESSAGE_ID = 998;

    @Id
    @Column(name = "ID", length = 64)
    private String id;

    @Column(name = "RECEIVED_AT", nullable = false)
    private Instant receivedAt;

    /** Null for the null reverse-path. */
    @Column(name = "REVERSE_PATH", length = 320)
    private String reversePath;

    @ElementCollection(fetch = FetchType.LAZY)
    @CollectionTable(name = "SMTPRA_MAIL_RECIPIENT", joinColumns = @JoinColumn(name = "MAIL_ID"))
    @OrderColumn(name = "POSITION")
    @Column(name = "RECIPIENT", nullable = false, length = 320)
    private List<String> recipients = new ArrayList<>();

    @Column(name = "MESSAGE_ID", length = MAX_MESSAGE_ID)
    private String messageId;

    /** Unique, so that of two copies that arrive at the same time one fails at commit and is found when it comes again. */
    @Column(name = "FINGERPRINT", length = 64, unique = true)
    private String fingerprint;

    @Column(name = "SUBJECT", nullable = false, length = MAX_SUBJECT)
    private String subject;

    @Lob
    @Column(name = "HEADERS", nullable = false)
    private String headers;

    @Lob
    @Column(name = "TEXT", nullable = false)
    private String text;

    @Column(name = "SIZE_OCTETS", nullable = false)
    private long size;

    @Column(name = "PEER_ADDRESS", nullable = false, length = 64)
    private String peerAddress;

    @Column(name = "HELO_NAME", nullable = false)
    private String heloName;

    @Column(name = "LISTENER", nullable = false, length = 32)
    private String listener;

    @Column(name = "AUTHENTICATED_USER")
    private String authenticatedUser;

    /** Null if the mail came in plain text. */
    @Column(name = "TLS_PROTOCOL", length = 32)
    private String tlsProtocol;

    /** Null if the mail came in plain text. */
    @Column(name = "TLS_CIPHER", length = 128)
    private String tlsCipher;

    /** For JPA. */
    protected StoredMail() {}

    static StoredMail of(InboundMail mail, MailDigest digest) {
        StoredMail stored = new StoredMail();
        stored.id = mail.id();
        stored.receivedAt = mail.receivedAt();
        stored.reversePath = mail.envelope().reversePath().map(Mailbox::toString).orElse(null);
        mail.envelope().recipients().forEach(recipient -> stored.recipients.add(recipient.mailbox().toString()));
        stored.size = mail.size();
        stored.setPeer(mail.peer());
        stored.messageId = digest.messageId().map(id -> cut(id, MAX_MESSAGE_ID)).orElse(null);
        stored.fingerprint = digest.fingerprint().orElse(null);
        stored.subject = cut(digest.subject(), MAX_SUBJECT);
        stored.headers = digest.headers();
        stored.text = digest.text();
        return stored;
    }

    private void setPeer(Peer peer) {
        peerAddress = peer.address().getAddress().getHostAddress();
        heloName = cut(peer.heloName(), 255);
        listener = peer.listener().name();
        authenticatedUser = peer.authenticatedUser().map(user -> cut(user, 255)).orElse(null);
        tlsProtocol = peer.tls().map(TlsFacts::protocol).orElse(null);
        tlsCipher = peer.tls().map(TlsFacts::cipherSuite).orElse(null);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    /**
     * The id that the adapter gave the mail.
     *
     * @return the id in the log, in the {@code Received} header and in the 250 reply
     */
    public String getId() {
        return id;
    }

    /**
     * When it arrived.
     *
     * @return the end of its content
     */
    public Instant getReceivedAt() {
        return receivedAt;
    }

    /**
     * Where failures are reported to.
     *
     * @return the mailbox, absent for the null reverse-path
     */
    public Optional<String> getReversePath() {
        return Optional.ofNullable(reversePath);
    }

    /**
     * Who gets it.
     *
     * @return the mailboxes, in the order of the envelope
     */
    public List<String> getRecipients() {
        return List.copyOf(recipients);
    }

    /**
     * Its {@code Message-ID}.
     *
     * @return the id that its author gave it, if any
     */
    public Optional<String> getMessageId() {
        return Optional.ofNullable(messageId);
    }

    /**
     * Its decoded subject.
     *
     * @return the subject, empty if it has none
     */
    public String getSubject() {
        return subject;
    }

    /**
     * Its headers.
     *
     * @return one a line, LF between them
     */
    public String getHeaders() {
        return headers;
    }

    /**
     * Its text, cut off after 1 MiB.
     *
     * @return plain text where there is some, else HTML, else nothing
     */
    public String getText() {
        return text;
    }

    /**
     * How long it was.
     *
     * @return octets
     */
    public long getSize() {
        return size;
    }

    /**
     * Who delivered it.
     *
     * @return the address of the host
     */
    public String getPeerAddress() {
        return peerAddress;
    }

    /**
     * How that host called itself.
     *
     * @return the name it gave in EHLO or HELO, unverified
     */
    public String getHeloName() {
        return heloName;
    }

    /**
     * On what kind of listener it came.
     *
     * @return the name of a {@link io.smtpra.ListenerKind}
     */
    public String getListener() {
        return listener;
    }

    /**
     * Who sent it, if that was proved.
     *
     * @return the authenticated user
     */
    public Optional<String> getAuthenticatedUser() {
        return Optional.ofNullable(authenticatedUser);
    }

    /**
     * The TLS version it came with.
     *
     * @return the protocol, absent if it came in plain text
     */
    public Optional<String> getTlsProtocol() {
        return Optional.ofNullable(tlsProtocol);
    }

    /**
     * The cipher suite it came with.
     *
     * @return the suite, absent if it came in plain text
     */
    public Optional<String> getTlsCipher() {
        return Optional.ofNullable(tlsCipher);
    }
}
