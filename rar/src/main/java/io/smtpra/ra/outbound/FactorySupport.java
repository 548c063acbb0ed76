package io.smtpra.ra.outbound;

import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.server.ServerTransactions;
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.tls.client.ClientTls;
import jakarta.mail.Session;
import jakarta.resource.ResourceException;
import java.io.IOException;
import java.util.Optional;

/** What a resource adapter lends to its connection factories. */
public interface FactorySupport {

    /**
     * A place for mails that wait for their transaction, open as long as the resource adapter is started.
     *
     * @return the same store at each call
     * @throws IOException if it cannot be used; the message names the directory
     */
    ContentStore heldMails() throws IOException;

    /**
     * The name of this host, as the adapter greets with it itself.
     *
     * @return a fully qualified domain name; absent where this host has none
     */
    Optional<String> domainName();

    /**
     * The server's transactions.
     *
     * @return absent in a server whose way to them is not known
     */
    Optional<ServerTransactions> transactions();

    /**
     * The figures in which everybody counts.
     *
     * @return the same ones at each call
     */
    Telemetry telemetry();

    /**
     * Has an eye on the certificates of a factory from now on, as long as somebody uses them.
     *
     * @param tls what the connections of the factory use
     */
    void register(ClientTls tls);

    /**
     * Binds a Session in JNDI once the adapter has started, before which nothing can be sent; at once if it has.
     *
     * @param name its name in JNDI
     * @param session the Session
     * @throws ResourceException if it cannot be bound
     */
    void bind(String name, Session session) throws ResourceException;
}
