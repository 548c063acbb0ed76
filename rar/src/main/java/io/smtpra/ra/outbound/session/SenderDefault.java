package io.smtpra.ra.outbound.session;

import io.smtpra.Mailbox;
import io.smtpra.SmtpException;
import java.util.Optional;

/** What a connection factory is configured to put in the place of senders that messages tell. */
public interface SenderDefault {

    /**
     * The reverse-path of mails that come without an envelope of their own.
     *
     * @return absent: what their headers tell; an absent mailbox in it: the null reverse-path
     * @throws SmtpException if the factory cannot be used
     */
    Optional<Optional<Mailbox>> reversePath() throws SmtpException;
}
