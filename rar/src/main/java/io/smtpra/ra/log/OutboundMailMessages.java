package io.smtpra.ra.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What became of each mail that was sent. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 900, max = 949)
public interface OutboundMailMessages extends BasicLogger {

    OutboundMailMessages LOG = Logger.getMessageLogger(
            MethodHandles.lookup(), OutboundMailMessages.class, "io.smtpra.mail.outbound");

    @LogMessage(level = Level.INFO)
    @Message(id = 900, value = "%s to %s %s")
    void sent(String mail, String hop, String how);

    @LogMessage(level = Level.WARN)
    @Message(id = 901, value = "%s to %s (TLS wanted: %s): %s, not sent in %s ms, phase %s, %s: %s%s")
    void notSent(String mail, String hop, String wanted, Object path, long milliseconds, Object phase, String hope,
            String reason, String trail);

    @LogMessage(level = Level.WARN)
    @Message(id = 902, value = "%s was accepted by %s before its transaction rolled back; it may go out once more")
    void outInSpite(String mail, String hop);

    @LogMessage(level = Level.ERROR)
    @Message(id = 903, value = "%s was not sent, for a fault of ours")
    void faultOfOurs(String mail, @Cause Throwable cause);
}
