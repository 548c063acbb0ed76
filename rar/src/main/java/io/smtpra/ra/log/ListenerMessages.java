package io.smtpra.ra.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Ports, and connections up to the first command: limits, bans, TLS handshakes. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 200, max = 299)
public interface ListenerMessages {

    ListenerMessages LOG = Logger.getMessageLogger(
            MethodHandles.lookup(), ListenerMessages.class, "io.smtpra.ra.inbound.listener");

    @LogMessage(level = Level.INFO)
    @Message(id = 200, value = "Listening for %s on %s (%s)")
    void listening(String listener, Object address, String sockets);

    @LogMessage(level = Level.INFO)
    @Message(id = 201, value = "Stopped listening for %s on %s")
    void stoppedListening(String listener, Object address);

    @LogMessage(level = Level.INFO)
    @Message(id = 202, value = "Paused for %s on %s: the port is closed")
    void pausedPortClosed(String listener, Object address);

    @LogMessage(level = Level.INFO)
    @Message(id = 203, value = "Paused for %s on %s: who connects hears 421")
    void pausedPortOpen(String listener, Object address);

    @LogMessage(level = Level.ERROR)
    @Message(id = 204, value = "Connections cannot be accepted (is the limit of open files too low?): %s (%s more like"
            + " it were not logged)")
    void cannotAccept(Object reason, long unsaid);

    @LogMessage(level = Level.INFO)
    @Message(id = 205, value = "No longer paused for %s on %s")
    void resumed(String listener, Object address);

    @LogMessage(level = Level.INFO)
    @Message(id = 210, value = "%s: %s took too long over a command; connection closed")
    void commandTooSlow(String session, String peer);

    @LogMessage(level = Level.INFO)
    @Message(id = 211, value = "%s: %s sent more behind STARTTLS without waiting for the reply; connection dropped")
    void inputBehindStartTls(String session, String peer);

    @LogMessage(level = Level.INFO)
    @Message(id = 212, value = "TLS handshake with %s failed: %s")
    void handshakeFailed(String peer, String reason);

    @LogMessage(level = Level.INFO)
    @Message(id = 213, value = "%s TLS handshakes with %s failed within a minute; it gets no further one until that is"
            + " over")
    void tooManyFailedHandshakes(int failures, String address);

    @LogMessage(level = Level.INFO)
    @Message(id = 214, value = "The certificate of %s is not trusted, and the client not known by it: %s")
    void clientCertificateNotTrusted(String peer, String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 215, value = "Connection from %s closed because of an unexpected failure")
    void connectionFailed(String peer, @Cause Throwable cause);

    @LogMessage(level = Level.INFO)
    @Message(id = 216, value = "%s: %s took too long over its content; connection closed")
    void contentTooSlow(String session, String peer);

    @LogMessage(level = Level.WARN)
    @Message(id = 220, value = "Too many connections in all (maxConnections); %s refused (%s more like it were not"
            + " logged)")
    void tooManyConnections(Object peer, long unsaid);

    @LogMessage(level = Level.INFO)
    @Message(id = 221, value = "Too many connections from one address (maxConnectionsPerAddress); %s refused (%s more"
            + " like it were not logged)")
    void tooManyOfAddress(Object peer, long unsaid);

    @LogMessage(level = Level.INFO)
    @Message(id = 222, value = "Access denied to %s (allowedNetworks, deniedNetworks) (%s more like it were not"
            + " logged)")
    void notAllowed(Object peer, long unsaid);

    @LogMessage(level = Level.INFO)
    @Message(id = 223, value = "%s is banned for a time; connection refused (%s more like it were not logged)")
    void isBanned(Object peer, long unsaid);

    @LogMessage(level = Level.WARN)
    @Message(id = 224, value = "%s is in none of the proxyNetworks; connection dropped (%s more like it were not"
            + " logged)")
    void noProxy(Object peer, long unsaid);

    @LogMessage(level = Level.WARN)
    @Message(id = 225, value = "%s sent no PROXY header in time; connection dropped (%s more like it were not logged)")
    void noProxyHeader(Object peer, long unsaid);

    @LogMessage(level = Level.WARN)
    @Message(id = 226, value = "%s has crossed limits %s times within an hour and gets no connection until %s"
            + " (banAfter)")
    void banned(String address, int times, Object until);

    @LogMessage(level = Level.WARN)
    @Message(id = 227, value = "%s sent no valid PROXY header; connection dropped (%s more like it were not logged)")
    void badProxyHeader(Object peer, long unsaid);
}
