package io.smtpra.it.app;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A mail that a {@link SlowBean} has kept. */
@Entity
@Table(name = "SLOW")
public class SlowMail {

    @Id
    private String id;

    /** For the persistence provider. */
    protected SlowMail() {}

    /** Notes a mail's id. */
    public SlowMail(String id) {
        this.id = id;
    }

    /** The mail's id. */
    public String id() {
        return id;
    }
}
