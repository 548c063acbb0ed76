package io.smtpra.ejb.mailbox;

import io.smtpra.InboundMail;
import io.smtpra.MailContent;
import io.smtpra.MailRejectedException;
import io.smtpra.ejb.store.ChunkedContent;
import io.smtpra.ejb.store.MailAccess;
import io.smtpra.ejb.store.MailEntry;
import io.smtpra.ejb.store.MailFacts;
import io.smtpra.ejb.store.MailFilter;
import io.smtpra.ejb.store.MailInsert;
import io.smtpra.ejb.store.MailPage;
import io.smtpra.ejb.store.MailQueries;
import io.smtpra.ejb.store.MailRemoval;
import io.smtpra.ejb.store.SentMails;
import io.smtpra.ejb.store.StoredPart;
import io.smtpra.ejb.store.StoredVerdict;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stored mails, in the caller's transaction. */
@Stateless
public class MailStore {

    @EJB
    private MailboxLifecycle lifecycle;

    @EJB
    private MailboxNews news;

    /**
     * Stores a mail, whole. One that its sender sends again is not stored again.
     *
     * @param mail the mail
     * @return the id under which it is stored: another one than its own if it was before
     * @throws MailRejectedException if the database has no room for it
     * @throws IOException if its octets cannot be read
     */
    public String add(InboundMail mail) throws MailRejectedException, IOException {
        MailFacts facts = MailFacts.of(mail);
        try (Connection connection = lifecycle.dataSource().getConnection()) {
            if (facts.digest().isPresent()) {
                Optional<String> earlier = MailInsert.findByDigest(connection, facts.digest().get());
                if (earlier.isPresent()) {
                    return earlier.get();
                }
            }
            MailInsert.of(connection, mail, facts);
            news.publish(MailboxChange.arrived(mail.id()));
            return mail.id();
        } catch (SQLException e) {
            throw new MailStoreException(e);
        }
    }

    /**
     * Lists mails, the newest first.
     *
     * @param access who asks
     * @param filter which
     * @param after where the page begins; empty for the first
     * @param limit at most so many
     * @return the page
     */
    public MailPage page(MailAccess access, MailFilter filter, String after, int limit) {
        return ask(connection -> new MailQueries(connection, access).page(filter, after, limit));
    }

    /**
     * Finds a mail.
     *
     * @param access who asks
     * @param id of the mail
     * @return absent if there is none that may be seen
     */
    public Optional<MailEntry> find(MailAccess access, String id) {
        return ask(connection -> new MailQueries(connection, access).find(id));
    }

    /**
     * The parts of a mail.
     *
     * @param mail that was found
     * @return in their order
     */
    public List<StoredPart> parts(MailEntry mail) {
        return ask(connection -> new MailQueries(connection, new MailAccess("", true, List.of())).parts(mail.id()));
    }

    /**
     * What the checks of who sent a mail came to.
     *
     * @param mail that was found
     * @return none if it was not checked
     */
    public List<StoredVerdict> verdicts(MailEntry mail) {
        return ask(connection -> new MailQueries(connection, new MailAccess("", true, List.of())).verdicts(mail.id()));
    }

    /**
     * The octets of a mail. They are read later, without a transaction.
     *
     * @param mail that was found
     * @return its octets
     */
    public MailContent content(MailEntry mail) {
        return new ChunkedContent(lifecycle.dataSource(), mail.id(), mail.size());
    }

    /**
     * Notes whether a mail was read.
     *
     * @param access who says so
     * @param id of the mail
     * @param seen whether it was
     * @return false if there is none that may be seen
     */
    public boolean markSeen(MailAccess access, String id, boolean seen) {
        boolean found = ask(connection -> new MailQueries(connection, access).markSeen(id, seen));
        if (found) {
            news.publish(MailboxChange.changed(id));
        }
        return found;
    }

    /**
     * Removes a mail, or, where others have it too, the copies of whoever removes it.
     *
     * @param access who removes it
     * @param id of the mail
     * @return false if there is none that may be seen
     */
    public boolean remove(MailAccess access, String id) {
        return ask(connection -> {
            MailRemoval removal = new MailRemoval(connection);
            boolean found = removal.remove(id, access);
            if (found) {
                news.publish(removal.isThere(id) ? MailboxChange.changed(id) : MailboxChange.removed(id));
            }
            return found;
        });
    }

    /**
     * The subjects of mails in the outbound queue that were sent from the mailbox.
     *
     * @param queueIds their ids there
     * @return by id
     */
    public Map<Long, String> subjects(List<Long> queueIds) {
        return ask(connection -> new SentMails(connection).subjects(queueIds));
    }

    /**
     * Notes that something was sent on.
     *
     * @param queueId its id in the queue
     * @param mailId of the mail that it was made from
     * @param kind what it is
     * @param subject its subject
     * @param user who sent it
     */
    public void noteSent(long queueId, String mailId, SentMails.Kind kind, String subject, String user) {
        ask(connection -> {
            new SentMails(connection).add(queueId, mailId, kind, subject, user);
            return queueId;
        });
    }

    /**
     * Counts the automatic answers that somebody has got.
     *
     * @param recipient who
     * @param since when
     * @return how many
     */
    public long automaticAnswers(String recipient, Instant since) {
        return ask(connection -> new SentMails(connection).automaticAnswers(recipient, since));
    }

    /**
     * Notes that somebody gets an automatic answer.
     *
     * @param recipient who
     */
    public void noteAutomaticAnswer(String recipient) {
        ask(connection -> {
            new SentMails(connection).addAutomaticAnswer(recipient);
            return recipient;
        });
    }

    private <T> T ask(Question<T> question) {
        try (Connection connection = lifecycle.dataSource().getConnection()) {
            return question.put(connection);
        } catch (SQLException e) {
            throw new MailStoreException(e);
        }
    }

    /** What is asked of the database. */
    @FunctionalInterface
    private interface Question<T> {
        T put(Connection connection) throws SQLException;
    }
}
