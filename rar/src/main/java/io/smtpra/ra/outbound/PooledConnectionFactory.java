package io.smtpra.ra.outbound;

import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.SecurityException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.NamingException;
import javax.naming.Reference;

/** What an application finds in JNDI. */
final class PooledConnectionFactory implements SmtpConnectionFactory, Referenceable {

    private static final long serialVersionUID = 1L;
    private static final int MAX_CAUSES = 20;

    private final SmtpManagedConnectionFactory managedFactory;
    private final ConnectionManager connectionManager;
    private Reference reference;

    PooledConnectionFactory(SmtpManagedConnectionFactory managedFactory, ConnectionManager connectionManager) {
        this.managedFactory = Objects.requireNonNull(managedFactory, "managedFactory");
        this.connectionManager = Objects.requireNonNull(connectionManager, "connectionManager");
    }

    @Override
    public SmtpConnection getConnection() throws SmtpException {
        return allocate(null);
    }

    @Override
    public SmtpConnection getConnection(String userName, String password) throws SmtpException {
        return allocate(new SmtpRequestInfo(userName, password));
    }

    @Override
    public void setReference(Reference newReference) {
        reference = newReference;
    }

    @Override
    public Reference getReference() throws NamingException {
        if (reference == null) {
            throw new NamingException("The server has not set a reference");
        }
        return reference;
    }

    private SmtpConnection allocate(ConnectionRequestInfo info) throws SmtpException {
        try {
            return (SmtpConnection) connectionManager.allocateConnection(managedFactory, info);
        } catch (ResourceException e) {
            throw smtpException(e);
        }
    }

    /** What the next hop said, if it came to that; else what the server says, mostly that the pool is exhausted. */
    private static SmtpException smtpException(ResourceException e) {
        Optional<SmtpException> fromNextHop = cause(e, SmtpException.class);
        boolean forGood = cause(e, InvalidPropertyException.class).isPresent()
                || cause(e, SecurityException.class).isPresent();
        return fromNextHop.orElseGet(() -> new SmtpException(SmtpException.Phase.PREPARE,
                "No connection from the pool: " + e.getMessage(), !forGood, e));
    }

    private static <T> Optional<T> cause(Throwable thrown, Class<T> type) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
