package io.smtpra.ra.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** The directory that holds the content of mails. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 700, max = 749)
public interface SpoolMessages {

    SpoolMessages LOG = Logger.getMessageLogger(MethodHandles.lookup(), SpoolMessages.class, "io.smtpra.ra.message");

    @LogMessage(level = Level.INFO)
    @Message(id = 700, value = "The directory %s is closed to other users now: it holds mail")
    void closedToOthers(Object directory);

    @LogMessage(level = Level.INFO)
    @Message(id = 701, value = "Deleted %s files from %s that an instance which is gone had left behind")
    void leftoversDeleted(long files, Object directory);

    @LogMessage(level = Level.WARN)
    @Message(id = 702, value = "Cannot tell whether %s is in use; what a crash may have left behind it stays: %s")
    void useUnknown(Object file, String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 703, value = "Cannot delete %s: %s")
    void notDeleted(Object file, String reason);
}
