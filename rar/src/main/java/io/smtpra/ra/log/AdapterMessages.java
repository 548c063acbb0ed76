package io.smtpra.ra.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Start, stop and configuration of the adapter, and what its administrator does with it while it runs. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 1, max = 99)
public interface AdapterMessages {

    AdapterMessages LOG = Logger.getMessageLogger(MethodHandles.lookup(), AdapterMessages.class, "io.smtpra.ra");

    @LogMessage(level = Level.INFO)
    @Message(id = 1, value = "The property 'postmaster' is empty: mail to postmaster is refused, unless a bean takes it"
            + " (RFC 5321 section 4.5.1)")
    void noPostmaster();

    @LogMessage(level = Level.WARN)
    @Message(id = 2, value = "%s gets no mail, for its adapter is stopped")
    void beanWithoutAdapter(String bean);

    @LogMessage(level = Level.ERROR)
    @Message(id = 3, value = "A part of the adapter could not be ended; the others are")
    void partNotEnded(@Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 4, value = "Connections are still open %s s after the stop; they are closed")
    void connectionsClosed(long seconds, @Cause Throwable cause);

    @Message(id = 10, value = "Invalid configuration of the %s: %s")
    String invalidConfiguration(String subject, String faults);

    @Message(id = 11, value = "The property 'spoolDirectory' is '%s', allowed: a directory that can be written to; %s")
    String spoolDirectoryUnusable(Object directory, String reason);

    @Message(id = 12, value = "The property '%s' is '%s', allowed: a free port of the address; %s")
    String portUnusable(String property, Object port, String reason);

    @Message(id = 13, value = "The property '%s' is '%s' and '%s' is open, but the server lets the adapter authenticate"
            + " nobody: %s (%s). %s Or set the property to none, or the port to -1.")
    String authenticationImpossible(String property, String rule, String port, String domain, String reason,
            String hint);

    @Message(id = 14, value = "The property '%s' is '%s', allowed: PLAIN and LOGIN, as no 'securityDomain' is named and"
            + " an AuthHook of 'hooks' is asked about passwords alone")
    String mechanismNeedsDomain(String property, String mechanism);

    @Message(id = 15, value = "Not an activation of this adapter: %s")
    String notOurActivation(String activation);

    @LogMessage(level = Level.WARN)
    @Message(id = 20, value = "A bean for management could not be removed")
    void managementBeanStays(@Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 21, value = "There are %s beans for management as %s of %s already; no further one is registered")
    void tooManyManagementBeans(int most, String type, String listener);

    @LogMessage(level = Level.WARN)
    @Message(id = 22, value = "%s of %s cannot be managed by JMX")
    void notManaged(String type, String listener, @Cause Throwable cause);

    @LogMessage(level = Level.INFO)
    @Message(id = 23, value = "Session %s was ended by an administrator")
    void sessionEnded(String session);

    @LogMessage(level = Level.INFO)
    @Message(id = 24, value = "Drained, %s connections are left")
    void drained(int connections);

    @LogMessage(level = Level.INFO)
    @Message(id = 25, value = "allowedNetworks is '%s' and deniedNetworks '%s' now")
    void accessChanged(String allowed, String denied);

    @LogMessage(level = Level.INFO)
    @Message(id = 26, value = "%s is banned for %s minutes by an administrator")
    void banned(String address, Object minutes);

    @LogMessage(level = Level.INFO)
    @Message(id = 27, value = "%s is %s now, as an administrator asked for")
    void limitChanged(String property, long number);
}
