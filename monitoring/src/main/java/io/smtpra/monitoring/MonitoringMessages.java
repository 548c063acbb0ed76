package io.smtpra.monitoring;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** What the jar that watches the adapter says of itself. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 3000, max = 3049)
public interface MonitoringMessages {

    MonitoringMessages LOG = Logger.getMessageLogger(
            MethodHandles.lookup(), MonitoringMessages.class, "io.smtpra.monitoring");

    @LogMessage(level = Level.WARN)
    @Message(id = 3000, value = "Meters could not be brought up to date")
    void metersNotUpdated(@Cause Throwable cause);
}
