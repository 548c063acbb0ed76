package io.smtpra.ra.outbound;

import io.smtpra.SmtpException;
import io.smtpra.ra.outbound.settings.OutboundConfig;
import io.smtpra.ra.outbound.settings.PasswordSignOn;
import io.smtpra.ra.sasl.AuthCredentials;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.SecurityException;
import jakarta.resource.spi.security.PasswordCredential;
import java.util.Optional;
import javax.security.auth.Subject;

/**
 * Who signs on: whom the server names for this factory (container-managed), else whom the application names
 * (application-managed), else whom the factory is configured with, else nobody.
 */
final class SignOn {

    private final ManagedConnectionFactory factory;
    private final OutboundConfig config;

    SignOn(ManagedConnectionFactory factory, OutboundConfig config) {
        this.factory = factory;
        this.config = config;
    }

    Optional<AuthCredentials> credentials(Subject subject, ConnectionRequestInfo info) throws SecurityException {
        Optional<PasswordCredential> fromServer = Optional.ofNullable(subject).flatMap(this::passwordCredential);
        if (fromServer.isPresent()) {
            PasswordCredential found = fromServer.get();
            return Optional.of(user(found.getUserName(), new String(found.getPassword())));
        }
        if (info instanceof SmtpRequestInfo request) {
            Optional<SmtpRequestInfo.User> named = request.user();
            return named.isPresent()
                    ? Optional.of(user(named.get().name(), named.get().password())) : config.credentials();
        }
        if (info != null) {
            throw new SecurityException("A request for a connection of another resource adapter");
        }
        return config.credentials();
    }

    /** Refuses a user whom the application names and who cannot be said to a next hop. */
    void check(SmtpRequestInfo info) throws SmtpException {
        try {
            credentials(null, info);
        } catch (SecurityException e) {
            throw new SmtpException(SmtpException.Phase.PREPARE, e.getMessage(), false, e);
        }
    }

    static Optional<String> userName(AuthCredentials credentials) {
        if (credentials instanceof AuthCredentials.UserPassword user) {
            return Optional.of(user.userName());
        }
        if (credentials instanceof AuthCredentials.Token token) {
            return Optional.of(token.userName());
        }
        return ((AuthCredentials.ClientCertificate) credentials).authorizationId();
    }

    private Optional<PasswordCredential> passwordCredential(Subject subject) {
        // A subject may carry credentials for several resources (Connectors 2.1 section 9.1.5).
        return subject.getPrivateCredentials(PasswordCredential.class).stream()
                .filter(credential -> factory.equals(credential.getManagedConnectionFactory()))
                .findFirst();
    }

    private AuthCredentials user(String userName, String password) throws SecurityException {
        try {
            return PasswordSignOn.credentials(userName, password, config.tokenSignOn());
        } catch (IllegalArgumentException e) {
            throw new SecurityException(e.getMessage(), e);
        }
    }
}
