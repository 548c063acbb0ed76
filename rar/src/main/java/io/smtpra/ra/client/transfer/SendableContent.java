package io.smtpra.ra.client.transfer;

import io.smtpra.SmtpException;
import java.io.IOException;

/** The content of a mail, which takes the form that a next hop accepts. */
public interface SendableContent {

    /** So many octets the window has. */
    int WINDOW = 16 * 1_024;

    /**
     * Looks through the content, and encodes what the next hop does not take as it is.
     *
     * @param usable the extensions that may be used with the next hop
     * @param peer the next hop as messages name it
     * @param window a buffer that belongs to the form until it has been sent
     * @return the content as it will go
     * @throws SmtpException if no form suits, of phase {@link SmtpException.Phase#PREPARE}
     * @throws IOException if the content cannot be read
     */
    ContentForm formFor(ServerExtensions usable, String peer, byte[] window) throws IOException, SmtpException;
}
