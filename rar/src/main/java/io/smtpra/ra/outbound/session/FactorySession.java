package io.smtpra.ra.outbound.session;

import io.smtpra.SmtpConnectionFactory;
import jakarta.mail.Authenticator;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import java.util.Map;
import java.util.Properties;

/**
 * Makes Sessions that send through a connection factory, by whatever name an application asks for a transport. It
 * needs to see nothing of the adapter: a transport's class is looked for where its provider's class comes from.
 */
public final class FactorySession {

    /** The protocol of a transport that sends through a connection factory. */
    static final String PROTOCOL = "smtpra";

    /** Property of a Session: its connection factory, the object itself or its JNDI name. */
    static final String FACTORY = "mail.smtpra.connectionFactory";

    private FactorySession() {}

    /**
     * A Session over a factory.
     *
     * @param factory where it sends; held as the object, for its name may come later than the Session's
     */
    public static Session of(SmtpConnectionFactory factory) {
        return of(factory, Map.of());
    }

    static Session of(Object factory, Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(more);
        properties.put(FACTORY, factory);
        // A Session that somebody makes of these properties does not find the protocol, and says so. It would find
        // "smtp", and send past the factory.
        properties.setProperty("mail.transport.protocol", PROTOCOL);
        properties.setProperty("mail.transport.protocol.rfc822", PROTOCOL);
        Session session = Session.getInstance(properties, new NoCredentials());
        try {
            session.setProvider(new OwnProvider(PROTOCOL, FactoryTransport.class));
            session.setProvider(new OwnProvider("smtp", FactoryTransport.Smtp.class));
            session.setProvider(new OwnProvider("smtps", FactoryTransport.Smtps.class));
        } catch (NoSuchProviderException e) {
            throw new IllegalStateException(e);
        }
        return session;
    }

    /** Its class loader is one of those in which classes of transports are looked for. */
    private static final class NoCredentials extends Authenticator {}

    /** Likewise. */
    private static final class OwnProvider extends Provider {

        OwnProvider(String protocol, Class<? extends FactoryTransport> transport) {
            super(Type.TRANSPORT, protocol, transport.getName(), "smtp-ra", null);
        }
    }
}
