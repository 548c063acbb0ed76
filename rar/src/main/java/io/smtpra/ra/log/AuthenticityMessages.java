package io.smtpra.ra.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** SPF, DKIM and DMARC of mails that come, DKIM of mails that leave, and the DNS. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 450, max = 499)
public interface AuthenticityMessages {

    AuthenticityMessages LOG = Logger.getMessageLogger(
            MethodHandles.lookup(), AuthenticityMessages.class, "io.smtpra.ra.authenticity");

    @LogMessage(level = Level.INFO)
    @Message(id = 450, value = "%s: mail %s is refused: %s (%s)")
    void refused(String session, String mail, Object reply, String verdicts);

    @LogMessage(level = Level.INFO)
    @Message(id = 451, value = "%s: mail %s would be refused, were the policy enforced: %s (%s)")
    void wouldBeRefused(String session, String mail, Object reply, String verdicts);

    @LogMessage(level = Level.ERROR)
    @Message(id = 452, value = "%s: mail %s cannot be checked, answering 451")
    void notChecked(String session, String mail, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 453, value = "A signature of %s was not checked, for a fault of ours")
    void signatureNotChecked(String domain, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 460, value = "The DNS does not say what %s %s is: %s. Asked: %s (property 'dnsServers'). Said once a"
            + " minute at most")
    void noAnswer(Object type, Object name, Object reason, Object servers);

    @LogMessage(level = Level.ERROR)
    @Message(id = 461, value = "The way to the DNS is broken until the adapter is started again")
    void dnsBroken(@Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 470, value = "The key %s for DKIM has %s bits, and should have 2048 (RFC 8301)")
    void weakKey(Object file, int bits);

    @LogMessage(level = Level.WARN)
    @Message(id = 471, value = "A mail leaves without a signature of DKIM: its header is longer than %s octets")
    void notSignedHeaderTooLong(int octets);

    @LogMessage(level = Level.WARN)
    @Message(id = 472, value = "A mail leaves without a signature of DKIM: it must have one From field, and has %s")
    void notSignedNoAuthor(int fields);
}
