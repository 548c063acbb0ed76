package io.smtpra.ejb.store;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.MailRejectedException;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Recipient;
import io.smtpra.TlsFacts;
import io.smtpra.authenticity.Verdict;
import io.smtpra.ejb.log.MailboxMessages;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** Writes a mail into the tables, in the transaction of the connection. */
public final class MailInsert {

    private static final String MAIL = "insert into smtpra_mail (id, received_at, reverse_path, author, subject,"
            + " preview, message_id, size_octets, attachments, undecodable, seen, peer_address, helo_name, listener,"
            + " authenticated_user, tls_protocol, tls_cipher, body_type, smtp_utf8, sender)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    /** A mail may bear many signatures; who wants to know of more reads its header. */
    private static final int MOST_VERDICTS = 50;

    private final Connection connection;
    private final InboundMail mail;
    private final MailFacts facts;

    private MailInsert(Connection connection, InboundMail mail, MailFacts facts) {
        this.connection = connection;
        this.mail = mail;
        this.facts = facts;
    }

    /**
     * Writes all of a mail.
     *
     * @param connection in the transaction of the delivery
     * @param mail the mail
     * @param facts what was read out of it
     * @throws MailRejectedException with {@code 452} if the database has no room for it
     * @throws SQLException if the database refuses for another reason
     * @throws IOException if the mail cannot be read
     */
    public static void of(Connection connection, InboundMail mail, MailFacts facts)
            throws MailRejectedException, SQLException, IOException {
        try {
            new MailInsert(connection, mail, facts).write();
        } catch (SQLException e) {
            if (MailDatabase.isFull(e)) {
                MailboxMessages.LOG.noRoom(mail.id(), mail.size(), e.getMessage());
                throw (MailRejectedException) MailRejectedException
                        .transientFailure(452, "4.3.1", "The mailbox has no room for it now, please try later")
                        .initCause(e);
            }
            throw e;
        }
    }

    private void write() throws SQLException, IOException {
        if (facts.digest().isPresent()) {
            // first: a copy that another transaction is writing is waited for here, before the octets are sent
            digest(facts.digest().get());
        }
        mail();
        recipients();
        parts();
        words();
        verdicts();
        try (InputStream content = mail.content()) {
            ChunkWriter.write(connection, mail.id(), content);
        }
    }

    private void digest(String digest) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into smtpra_mail_digest (digest, mail_id, received_at) values (?, ?, ?)")) {
            insert.setString(1, digest);
            insert.setString(2, mail.id());
            insert.setLong(3, mail.receivedAt().toEpochMilli());
            insert.executeUpdate();
        }
    }

    private void mail() throws SQLException {
        Envelope envelope = mail.envelope();
        Peer peer = mail.peer();
        try (PreparedStatement insert = connection.prepareStatement(MAIL)) {
            insert.setString(1, mail.id());
            insert.setLong(2, mail.receivedAt().toEpochMilli());
            insert.setString(3, envelope.reversePath().map(Mailbox::toString).orElse(null));
            insert.setString(4, facts.author());
            insert.setString(5, facts.subject());
            insert.setString(6, facts.preview());
            insert.setString(7, facts.messageId().orElse(null));
            insert.setLong(8, mail.size());
            insert.setInt(9, (int) facts.parts().stream().filter(p -> p.role() == StoredPart.Role.ATTACHMENT).count());
            insert.setString(10, facts.undecodable().orElse(null));
            insert.setString(11, peer.address().getAddress().getHostAddress());
            insert.setString(12, MailFacts.clean(peer.heloName(), 255));
            insert.setString(13, peer.listener().name());
            insert.setString(14, peer.authenticatedUser().map(user -> MailFacts.clean(user, 255)).orElse(null));
            insert.setString(15, peer.tls().map(TlsFacts::protocol).orElse(null));
            insert.setString(16, peer.tls().map(TlsFacts::cipherSuite).orElse(null));
            insert.setString(17, envelope.bodyType().name());
            insert.setInt(18, envelope.smtpUtf8() ? 1 : 0);
            insert.setString(19, SenderProof.of(mail.authenticity()).map(SenderProof::name).orElse(null));
            insert.executeUpdate();
        }
    }

    private void recipients() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into smtpra_mail_recipient (mail_id,"
                + " position, recipient, local_part, domain, received_at, size_octets) values (?, ?, ?, ?, ?, ?, ?)")) {
            int position = 0;
            for (Recipient recipient : mail.envelope().recipients()) {
                insert.setString(1, mail.id());
                insert.setInt(2, position++);
                insert.setString(3, recipient.mailbox().toString());
                insert.setString(4, recipient.mailbox().localPart().toLowerCase(Locale.ROOT));
                insert.setString(5, recipient.mailbox().asciiDomain());
                insert.setLong(6, mail.receivedAt().toEpochMilli());
                insert.setLong(7, mail.size());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void parts() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into smtpra_mail_part (mail_id, number,"
                + " name, type, size_octets, content_id, role) values (?, ?, ?, ?, ?, ?, ?)")) {
            for (StoredPart part : facts.parts()) {
                insert.setString(1, mail.id());
                insert.setInt(2, part.number());
                insert.setString(3, part.name());
                insert.setString(4, part.type());
                insert.setLong(5, part.size());
                insert.setString(6, part.contentId().orElse(null));
                insert.setString(7, part.role().name());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void words() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into smtpra_mail_words (mail_id, words) values (?, ?)")) {
            insert.setString(1, mail.id());
            insert.setString(2, facts.words());
            insert.executeUpdate();
        }
    }

    private void verdicts() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into smtpra_mail_verdict (mail_id,"
                + " position, method, result, domain, reason) values (?, ?, ?, ?, ?, ?)")) {
            int position = 0;
            for (Verdict verdict : mail.authenticity().verdicts().stream().limit(MOST_VERDICTS).toList()) {
                insert.setString(1, mail.id());
                insert.setInt(2, position++);
                insert.setString(3, MailFacts.clean(verdict.method(), 32));
                insert.setString(4, verdict.result().keyword());
                insert.setString(5, MailFacts.clean(verdict.domain(), 255));
                insert.setString(6, MailFacts.clean(verdict.reason(), 500));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * Looks for a mail that was stored before.
     *
     * @param connection to the database
     * @param digest what tells it from others
     * @return its id, absent if there is none
     * @throws SQLException if the database refuses
     */
    public static Optional<String> findByDigest(Connection connection, String digest) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select mail_id from smtpra_mail_digest where digest = ?")) {
            query.setString(1, digest);
            try (var row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
