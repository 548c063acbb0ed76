package io.smtpra.ejb.mailbox;

import jakarta.ejb.EJBException;
import java.sql.SQLException;

/** The database cannot be asked; the transaction rolls back. */
public final class MailStoreException extends EJBException {

    private static final long serialVersionUID = 1L;

    MailStoreException(SQLException cause) {
        super("The mailbox's database: " + cause.getMessage(), cause);
    }
}
