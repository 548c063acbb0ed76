package io.smtpra.ra.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What goes on in a session: authentication, hooks, and what fails. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 300, max = 399)
public interface SessionMessages {

    SessionMessages LOG = Logger.getMessageLogger(
            MethodHandles.lookup(), SessionMessages.class, "io.smtpra.ra.inbound.smtp");

    @LogMessage(level = Level.INFO)
    @Message(id = 300, value = "%s: authenticated peer=%s mechanism=%s user=%s")
    void authenticated(String session, String peer, String mechanism, String user);

    @LogMessage(level = Level.INFO)
    @Message(id = 301, value = "%s: authentication refused peer=%s mechanism=%s %s")
    void authenticationRefused(String session, String peer, String mechanism, String user);

    @LogMessage(level = Level.INFO)
    @Message(id = 302, value = "%s: authentication not tried, peer=%s mechanism=%s %s: too many failures")
    void authenticationNotTried(String session, String peer, String mechanism, String user);

    @LogMessage(level = Level.INFO)
    @Message(id = 303, value = "%s: authentication not possible for now, peer=%s mechanism=%s %s")
    void authenticationNotPossible(String session, String peer, String mechanism, String user);

    @LogMessage(level = Level.ERROR)
    @Message(id = 304, value = "The server's security domain can't check passwords now; clients hear 454")
    void passwordsNotChecked(@Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 305, value = "The server's security domain can't check users now; clients hear 454")
    void usersNotChecked(@Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 306, value = "%s cannot be read, and begins anew: %s")
    void saltsNotRead(Object file, String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 307, value = "%s cannot be written; after a restart, users who are not there may be told from others"
            + " with SCRAM: %s")
    void saltsNotWritten(Object file, String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 320, value = "The server did not do the work '%s' for %s: %s")
    void questionNotAsked(String question, Object asked, String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 321, value = "%s has not answered a question in time ('%s'); until it does, its places stay taken")
    void questionNotAnswered(Object asked, String question);

    @LogMessage(level = Level.INFO)
    @Message(id = 322, value = "%s answers questions again")
    void answersAgain(Object asked);

    @LogMessage(level = Level.ERROR)
    @Message(id = 330, value = "%s: hook %s failed, answering 451")
    void hookFailedWith451(String session, String hook, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 331, value = "%s: hook %s failed")
    void hookFailed(String session, String hook, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 332, value = "%s: hook %s %s, given up")
    void hookGivenUp(String session, String hook, String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 333, value = "Hook %s failed at its end")
    void hookNotEnded(String hook, @Cause Throwable cause);

    @LogMessage(level = Level.INFO)
    @Message(id = 334, value = "%s: mail %s was taken by hook %s and goes to no bean")
    void mailTakenByHook(String session, String mail, String hook);

    @LogMessage(level = Level.ERROR)
    @Message(id = 340, value = "%s: mail %s cannot be stored, answering 452: %s")
    void contentNotStored(String session, String mail, String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 341, value = "%s: taking the content failed, answering 451")
    void contentFailed(String session, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 342, value = "%s: giving up the content failed")
    void contentNotGivenUp(String session, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 350, value = "%s: unexpected failure, answering 451")
    void commandFailed(String session, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 351, value = "%s: a handler failed, answering 451")
    void handlerFailed(String session, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 352, value = "%s: a handler failed at the end of the connection")
    void endOfSessionFailed(String session, @Cause Throwable cause);
}
