package io.smtpra.ra.inbound.users;

import io.smtpra.Peer;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.Authenticator;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import io.smtpra.ra.inbound.smtp.auth.ScramSecret;
import io.smtpra.ra.inbound.work.BoundedWork;
import io.smtpra.ra.inbound.work.BoundedWork.NoAnswer;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.log.SessionMessages;
import io.smtpra.ra.server.SecurityDomainUsers;
import io.smtpra.ra.server.SecurityDomainUsers.SaltedPassword;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.security.auth.Subject;

/**
 * Asks the server's security domain about users, on the server's threads, within the bounds of each domain and each
 * question within its time. Passwords go through security inflow, which knows nothing else; for proofs and
 * tokens the domain itself is asked. Certificates have been checked by TLS.
 */
public final class ServerAuthenticator implements Authenticator {

    private static final BoundedWork.Limits LIMITS = new BoundedWork.Limits(16, 8, 200, Duration.ofSeconds(15));
    /** Whom passwords are shown to: security inflow leads to one domain, whatever is named here. */
    private static final String INFLOW = "the security domain of security inflow";

    /** Finds a user in the domain. */
    @FunctionalInterface
    private interface Lookup {

        Optional<SecurityDomainUsers.User> in(SecurityDomainUsers domain) throws IOException;
    }

    private final BoundedWork work;
    private final CertificateUsers certificates;
    private final Optional<SecurityDomainUsers> domain;

    /**
     * An authenticator.
     *
     * @param certificates whom certificates of clients stand for
     * @param domain for proofs and tokens; absent: there are none
     */
    public ServerAuthenticator(
            ServerThreads threads, CertificateUsers certificates, Optional<SecurityDomainUsers> domain) {
        this.work = new BoundedWork(threads, "smtp-ra authentication", LIMITS);
        this.domain = domain;
        this.certificates = certificates;
    }

    @Override
    public CompletionStage<AuthOutcome> authenticate(ClientCredentials credentials, Peer peer) {
        if (credentials instanceof ClientCredentials.Certificate certificate) {
            return CompletableFuture.completedFuture(certificates.user(certificate));
        }
        if (credentials instanceof ClientCredentials.Proven proven) {
            return user(users -> users.proven(proven.user()), Optional.of(proven.user()));
        }
        if (credentials instanceof ClientCredentials.Token token) {
            return user(users -> users.bearer(token.token()), token.authorizationId());
        }
        ClientCredentials.Password password = (ClientCredentials.Password) credentials;
        if (password.authorizationId().filter(id -> !id.equals(password.user())).isPresent()) {
            // To act as another user is a right that a server's security domain cannot be asked about.
            return CompletableFuture.completedFuture(new AuthOutcome.Refused());
        }
        return work.ask(INFLOW, new PasswordCheck(password), ServerAuthenticator::unavailable);
    }

    @Override
    public CompletionStage<Optional<ScramSecret>> secret(String user) {
        if (domain.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return work.ask(domain.get(), () -> {
            SaltedPassword password = domain.get().salted(user);
            return Optional.of(ScramSecret.of(password.salted(), password.salt(), password.iterations()));
        }, why -> {
            unavailable(why);
            return Optional.empty();
        });
    }

    /** The user that the domain finds, who must be the one that the client claims to be. */
    private CompletionStage<AuthOutcome> user(Lookup lookup, Optional<String> claimed) {
        if (domain.isEmpty()) {
            return CompletableFuture.completedFuture(new AuthOutcome.Unavailable());
        }
        return work.ask(domain.get(), () -> lookup.in(domain.get())
                .filter(user -> claimed.map(user.principal().getName()::equals).orElse(true))
                .map(ServerAuthenticator::authenticated)
                .orElseGet(AuthOutcome.Refused::new), ServerAuthenticator::unavailable);
    }

    private static AuthOutcome authenticated(SecurityDomainUsers.User user) {
        Subject subject = new Subject();
        subject.getPrincipals().add(user.principal());
        subject.getPrivateCredentials().add(user.credential());
        return new AuthOutcome.Authenticated(user.principal().getName(), subject);
    }

    private static AuthOutcome unavailable(NoAnswer why) {
        if (why instanceof NoAnswer.Failed failed) {
            SessionMessages.LOG.usersNotChecked(failed.cause());
        }
        return new AuthOutcome.Unavailable();
    }
}
