package io.smtpra.queue.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What the outbound queue tells its administrator. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 2000, max = 2399)
public interface QueueMessages {

    QueueMessages LOG = Logger.getMessageLogger(MethodHandles.lookup(), QueueMessages.class, "io.smtpra.queue");

    @LogMessage(level = Level.INFO)
    @Message(id = 2000, value = "Started on %s (%s), mail goes through %s")
    void started(String dataSource, Object database, String factory);

    @LogMessage(level = Level.WARN)
    @Message(id = 2001, value = "Mail is still being sent %s s after the stop; what is not recorded is sent again")
    void stillSending(long seconds);

    @LogMessage(level = Level.WARN)
    @Message(id = 2002, value = "The look at the queue failed, and is repeated: %s")
    void lookFailed(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 2003, value = "%s could not be unregistered")
    void notUnregistered(Object name, @Cause Throwable cause);

    @Message(id = 2004, value = "Invalid settings of the queue: %s")
    String invalidSettings(String faults);

    @Message(id = 2005, value = "'%s' is '%s', allowed: the JNDI name of a datasource")
    String noDataSource(String property, String name);

    @Message(id = 2006, value = "'%s' is '%s', allowed: the JNDI name of a connection factory of smtp-ra")
    String noConnectionFactory(String property, String name);

    @LogMessage(level = Level.INFO)
    @Message(id = 2010, value = "%s %s; %s")
    void lastMinute(String factory, String minute, String waiting);

    @LogMessage(level = Level.INFO)
    @Message(id = 2011, value = "%s is paused by its administrator")
    void paused(String factory);

    @LogMessage(level = Level.INFO)
    @Message(id = 2012, value = "%s is resumed by its administrator")
    void resumed(String factory);

    @LogMessage(level = Level.INFO)
    @Message(id = 2013, value = "%s takes mail again")
    void takesMailAgain(String factory);

    @LogMessage(level = Level.WARN)
    @Message(id = 2014, value = "%s failed %s times in a row; it is left alone until %s")
    void leftAlone(String factory, int times, Object until);

    @LogMessage(level = Level.WARN)
    @Message(id = 2015, value = "There is no connection factory %s; its mail waits")
    void noFactory(String factory);

    @LogMessage(level = Level.WARN)
    @Message(id = 2016, value = "The server has no thread for %s now; the next look at the queue tries again")
    void noThread(String factory);

    @LogMessage(level = Level.ERROR)
    @Message(id = 2017, value = "Sending through %s stops until the next look at the queue")
    void sendingStops(String factory, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 2020, value = "Mail %s was not sent, and is tried again")
    void notSent(Object mail, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 2021, value = "Mail %s is set aside, its content cannot be read")
    void contentNotRead(Object mail, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 2022, value = "Mail %s is set aside: %s")
    void setAside(Object mail, String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 2023, value = "Mail %s was sent after its lease had ended, and is sent by another node too")
    void sentTwice(Object mail);

    @LogMessage(level = Level.INFO)
    @Message(id = 2030, value = "Mail %s has bounced: %s")
    void bounced(Object mail, Object recipients);

    @LogMessage(level = Level.WARN)
    @Message(id = 2031, value = "Mail %s is a report of no mail of this queue, or made up; it changes nothing")
    void reportOfNoMail(String report);

    @LogMessage(level = Level.INFO)
    @Message(id = 2032, value = "Mail %s came back for mail %s and is no report")
    void noReport(String mail, Object original);

    @LogMessage(level = Level.ERROR)
    @Message(id = 2033, value = "The sender of mail %s cannot be told what became of it")
    void senderNotTold(Object mail, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 2034, value = "An observer does not take an event of mail %s; it is told again: %s")
    void eventNotTaken(Object mail, String reason);
}
