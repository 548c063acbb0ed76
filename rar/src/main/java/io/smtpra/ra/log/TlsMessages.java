package io.smtpra.ra.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Certificates and keys, and the library behind TLS. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 100, max = 199)
public interface TlsMessages {

    TlsMessages LOG = Logger.getMessageLogger(MethodHandles.lookup(), TlsMessages.class, "io.smtpra.ra.tls");

    @LogMessage(level = Level.INFO)
    @Message(id = 100, value = "TLS of the listeners is %s")
    void listenerLibrary(Object library);

    @LogMessage(level = Level.INFO)
    @Message(id = 101, value = "TLS of a connection factory is %s")
    void factoryLibrary(Object library);

    @LogMessage(level = Level.WARN)
    @Message(id = 102, value = "TLS uses a self-signed certificate made just now, which no client can verify (SHA-256"
            + " fingerprint %s). Set the properties certificateFile and privateKeyFile to a certificate of your own.")
    void selfSigned(String fingerprint);

    @LogMessage(level = Level.INFO)
    @Message(id = 103, value = "%s has changed and is in use for new connections: %s")
    void renewed(String what, Object files);

    @LogMessage(level = Level.ERROR)
    @Message(id = 104, value = "%s has changed but can't be used; the former stays in use until this is corrected: %s")
    void unusableChange(String what, String reason);

    @LogMessage(level = Level.INFO)
    @Message(id = 105, value = "TLS material has been read again, as an administrator asked for")
    void readAgain();

    @LogMessage(level = Level.ERROR)
    @Message(id = 106, value = "TLS material was to be read again but can't be used; the former stays in use: %s")
    void unusableMaterial(String reasons);

    @LogMessage(level = Level.ERROR)
    @Message(id = 107, value = "Certificates could not be checked for changes")
    void notCheckedForChanges(@Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 108, value = "The TLS certificate %s: replace its file, which is then read by itself")
    void expires(String certificate);

    @LogMessage(level = Level.ERROR)
    @Message(id = 109, value = "Session tickets go on with their former keys: %s")
    void ticketKeysStay(String reason);

    @LogMessage(level = Level.INFO)
    @Message(id = 110, value = "TLS sessions of the listeners and the keys of session tickets are forgotten, as an"
            + " administrator asked for")
    void sessionsForgotten();
}
