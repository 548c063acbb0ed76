package io.smtpra.ejb;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;

/** An automatic answer, kept so that nobody gets too many. */
@Entity
@Table(name = "SMTPRA_ANSWER", indexes = @Index(columnList = "RECIPIENT, ANSWERED_AT"))
@NamedQuery(name = "StoredAnswer.count",
        query = "select count(a) from StoredAnswer a where a.recipient = :recipient and a.answeredAt > :since")
public class StoredAnswer {

    @Id
    @GeneratedValue
    @Column(name = "ID")
    private Long id;

    @Column(name = "RECIPIENT", nullable = false, length = 320)
    private String recipient;

    @Column(name = "ANSWERED_AT", nullable = false)
    private Instant answeredAt;

    /** For JPA. */
    protected StoredAnswer() {
    }

    StoredAnswer(String recipient, Instant answeredAt) {
        this.recipient = recipient;
        this.answeredAt = answeredAt;
    }
}
