package io.smtpra.queue.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Each mail that comes into the queue, with the ids by which it is followed. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 2400, max = 2449)
public interface QueuedMailMessages extends BasicLogger {

    QueuedMailMessages LOG = Logger.getMessageLogger(
            MethodHandles.lookup(), QueuedMailMessages.class, "io.smtpra.mail.queue");

    @LogMessage(level = Level.INFO)
    @Message(id = 2400, value = "mail queued=%s factory=%s%s")
    void queued(long id, String factory, String trail);

    @LogMessage(level = Level.INFO)
    @Message(id = 2401, value = "report queued=%s about queued=%s")
    void reportQueued(long id, long about);
}
