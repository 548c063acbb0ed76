package io.smtpra.ra.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Connection factories and connections to next hops. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 800, max = 899)
public interface OutboundMessages {

    OutboundMessages LOG = Logger.getMessageLogger(
            MethodHandles.lookup(), OutboundMessages.class, "io.smtpra.ra.outbound");

    @LogMessage(level = Level.WARN)
    @Message(id = 800, value = "%s; mail goes in plain text, because tls=negotiated with fallbackToPlain=true allows"
            + " it")
    void fallenBack(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 801, value = "%s; trying the next host of %s")
    void nextHost(String reason, Object hop);

    @LogMessage(level = Level.WARN)
    @Message(id = 802, value = "credentialsToUnverifiedPeer=true: whoever answers in the place of %s:%s may be shown"
            + " user names, passwords and tokens")
    void credentialsToAnybody(String host, String port);

    @LogMessage(level = Level.INFO)
    @Message(id = 810, value = "%s is a Jakarta Mail session that sends through the connection factory")
    void sessionBound(String name);

    @LogMessage(level = Level.WARN)
    @Message(id = 811, value = "A listener of a mail transport has failed; the others are told")
    void transportListenerFailed(@Cause Throwable cause);

    @Message(id = 812, value = "The property 'sessionJndiName' is '%s', allowed: a name that nothing else is bound to,"
            + " where the adapter is a deployment (as a module of the server it cannot bind: use an object factory of"
            + " the naming subsystem); %s")
    String sessionNotBound(String name, String reason);
}
