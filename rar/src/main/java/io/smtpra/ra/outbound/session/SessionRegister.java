package io.smtpra.ra.outbound.session;

import jakarta.mail.Session;
import jakarta.resource.ResourceException;

/** What a resource adapter lends to its connection factories: names in JNDI for their Sessions. */
public interface SessionRegister {

    /**
     * Binds a Session once the adapter has started, before which nothing can be sent; at once if it has.
     *
     * @param name its name in JNDI
     * @param session the Session
     * @throws ResourceException if it cannot be bound
     */
    void register(String name, Session session) throws ResourceException;
}
