package io.smtpra.ejb.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What the mailbox and its beans tell their administrator. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 2500, max = 2749)
public interface MailboxMessages {

    MailboxMessages LOG = Logger.getMessageLogger(MethodHandles.lookup(), MailboxMessages.class, "io.smtpra.ejb");

    @LogMessage(level = Level.INFO)
    @Message(id = 2500, value = "Mail %s is stored already as %s")
    void storedAlready(String mail, Object stored);

    @LogMessage(level = Level.WARN)
    @Message(id = 2501, value = "The mailbox's database has no room for mail %s of %s octets; its sender is to try"
            + " again: %s")
    void noRoom(String mail, long octets, String reason);

    @LogMessage(level = Level.INFO)
    @Message(id = 2502, value = "The mailbox's tables in %s are of version %s now")
    void tablesChanged(Object database, Object version);

    @LogMessage(level = Level.WARN)
    @Message(id = 2510, value = "Mail %s gets no automatic reply: %s")
    void noReply(String mail, String reason);

    @LogMessage(level = Level.INFO)
    @Message(id = 2511, value = "Mail %s gets no automatic reply: <%s> has got %s in a day")
    void enoughReplies(String mail, Object recipient, Object replies);

    @LogMessage(level = Level.INFO)
    @Message(id = 2520, value = "%s mails were removed from the mailbox, as its retention says")
    void mailsRemoved(Object mails);

    @LogMessage(level = Level.WARN)
    @Message(id = 2521, value = "The mailbox could not be cleaned up, and will be the next time: %s")
    void notCleanedUp(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 2530, value = "Everybody who reaches the mailbox's page sees, sends and removes all mail: %s is open")
    void open(String property);

    @LogMessage(level = Level.WARN)
    @Message(id = 2531, value = "A listener of the mailbox's is told no more: %s")
    void listenerFailed(String reason);

    @Message(id = 2532, value = "Invalid settings of the mailbox: %s")
    String invalidSettings(String faults);
}
