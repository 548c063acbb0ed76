package io.smtpra.ra.inbound.smtp.content;

import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import org.apache.james.protocols.api.Response;

/** Decides what becomes of a mail that has been received whole. */
public interface MailFate {

    /**
     * Decides; called by the session's event loop.
     *
     * @param session whose mail it is
     * @param mail the mail; its content is closed in every case
     * @return the answer, perhaps later; positive if somebody has taken the mail
     */
    Response decide(SmtpSession session, ReceivedMail mail);
}
