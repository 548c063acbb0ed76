package io.smtpra.ejb;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Optional;

/** The stored mails. */
@Stateless
public class MailStore {

    @PersistenceContext(unitName = "smtp-ra")
    private EntityManager entityManager;

    /**
     * Stores a mail, and has the database check it at once rather than at commit.
     *
     * @param mail the mail
     */
    public void add(StoredMail mail) {
        entityManager.persist(mail);
        entityManager.flush();
    }

    /**
     * Looks for a mail that has been stored before.
     *
     * @param fingerprint what tells it from others
     * @return its id, absent if there is none
     */
    public Optional<String> findByFingerprint(String fingerprint) {
        return entityManager.createNamedQuery("StoredMail.idByFingerprint", String.class)
                .setParameter("fingerprint", fingerprint)
                .getResultStream()
                .findFirst();
    }

    /**
     * Counts the automatic answers that somebody has got.
     *
     * @param recipient who
     * @param since when
     * @return how many
     */
    public long answersTo(String recipient, Instant since) {
        return entityManager.createNamedQuery("StoredAnswer.count", Long.class)
                .setParameter("recipient", recipient)
                .setParameter("since", since)
                .getSingleResult();
    }

    /**
     * Notes that somebody gets an automatic answer.
     *
     * @param recipient who
     */
    public void answered(String recipient) {
        entityManager.persist(new StoredAnswer(recipient, Instant.now()));
    }
}
