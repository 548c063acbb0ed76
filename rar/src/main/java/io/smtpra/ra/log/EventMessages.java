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

/** What becomes of the events that beans want to hear of. The events themselves are in a category of their own. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 1900, max = 1949)
public interface EventMessages extends BasicLogger {

    EventMessages LOG = Logger.getMessageLogger(MethodHandles.lookup(), EventMessages.class, "io.smtpra.ra.event");

    @LogMessage(level = Level.INFO)
    @Message(id = 1900, value = "%s hears of events: %s")
    void hears(String bean, Object kinds);

    @LogMessage(level = Level.INFO)
    @Message(id = 1901, value = "%s hears of no events any more")
    void hearsNoMore(String bean);

    @LogMessage(level = Level.WARN)
    @Message(id = 1902, value = "%s is slower than the mail: %s events were dropped, for its queue is full"
            + " (queueSize)")
    void dropped(Object bean, long events);

    @LogMessage(level = Level.WARN)
    @Message(id = 1903, value = "%s has failed with %s events, which it does not hear of again")
    void failed(Object bean, long events, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 1904, value = "%s is at work on an event still, %s s after its stop")
    void late(String bean, long seconds);

    @LogMessage(level = Level.ERROR)
    @Message(id = 1905, value = "The bean %s hears of no events; deploy it again, corrected: %s")
    void leftOut(String bean, String reason, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 1906, value = "The server has no thread for the events of %s; they wait")
    void noThread(Object bean, @Cause Throwable cause);
}
