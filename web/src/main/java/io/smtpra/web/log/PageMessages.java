package io.smtpra.web.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What the mailbox's page tells the administrator. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 2750, max = 2999)
public interface PageMessages {

    PageMessages LOG = Logger.getMessageLogger(MethodHandles.lookup(), PageMessages.class, "io.smtpra.web");

    @LogMessage(level = Level.WARN)
    @Message(id = 2750, value = "A browser is told of no more changes until it asks again: %s")
    void browserNotTold(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 2751, value = "The mailbox's page gets no answer: %s")
    void storeDoesNotAnswer(String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 2752, value = "The mailbox's page gets no answer")
    void requestFailed(@Cause Throwable cause);
}
