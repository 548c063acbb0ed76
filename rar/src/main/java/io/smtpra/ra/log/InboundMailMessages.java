package io.smtpra.ra.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What became of each mail that came, and of who brought it. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 400, max = 449)
public interface InboundMailMessages extends BasicLogger {

    InboundMailMessages LOG = Logger.getMessageLogger(
            MethodHandles.lookup(), InboundMailMessages.class, "io.smtpra.mail.inbound");

    @LogMessage(level = Level.INFO)
    @Message(id = 400, value = "mail id=%s session=%s %s tls=%s user=%s from=%s to=%s recipients=%s size=%s"
            + " outcome=\"%s\" ms=%s message-id=%s")
    void mail(String mail, String session, String client, String tls, String user, String sender, String shown,
            int recipients, long octets, String outcome, long milliseconds, String messageId);

    @LogMessage(level = Level.INFO)
    @Message(id = 401, value = "mail refused session=%s %s argument=%s outcome=\"%s\"")
    void mailRefused(String session, String client, String argument, String outcome);

    @LogMessage(level = Level.INFO)
    @Message(id = 402, value = "recipient refused session=%s %s from=%s to=%s outcome=\"%s\"")
    void recipientRefused(String session, String client, String sender, String recipient, String outcome);

    @LogMessage(level = Level.INFO)
    @Message(id = 403, value = "session ended session=%s %s outcome=\"%s\"")
    void sessionEnded(String session, String client, String outcome);
}
