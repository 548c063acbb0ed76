package io.smtpra.ra.inbound.users;

import io.smtpra.Peer;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.Authenticator;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import io.smtpra.ra.inbound.smtp.auth.ScramSecret;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.server.SecurityDomainUsers;
import io.smtpra.ra.server.SecurityDomainUsers.SaltedPassword;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import javax.security.auth.Subject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server's security domain about users, on the server's threads: a few at a time, so that deliveries are not
 * crowded out, and each within its time. Passwords go through security inflow, which knows nothing else; for proofs and
 * tokens the domain itself is asked. Certificates have been checked by TLS.
 */
public final class ServerAuthenticator implements Authenticator {

    static final String WORK_NAME = "smtp-ra authentication";

    private static final Logger LOG = LoggerFactory.getLogger(ServerAuthenticator.class);
    private static final int MAX_AT_ONCE = 4;
    private static final int MAX_WAITING = 200;
    private static final Duration TIME = Duration.ofSeconds(15);

    /** Finds a user in the domain. */
    @FunctionalInterface
    private interface Lookup {

        Optional<SecurityDomainUsers.User> in(SecurityDomainUsers domain) throws IOException;
    }

    private final ServerThreads threads;
    private final CertificateUsers certificates;
    private final Optional<SecurityDomainUsers> domain;
    private final Queue<ServerCheck> waiting = new ArrayDeque<>();
    private int running;

    /**
     * An authenticator.
     *
     * @param certificates whom certificates of clients stand for
     * @param domain for proofs and tokens; absent: there are none
     */
    public ServerAuthenticator(
            ServerThreads threads, CertificateUsers certificates, Optional<SecurityDomainUsers> domain) {
        this.threads = threads;
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
        PasswordCheck check = new PasswordCheck(password);
        return ask(check, check.outcome());
    }

    @Override
    public CompletionStage<Optional<ScramSecret>> secret(String user) {
        if (domain.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        DomainCheck<Optional<ScramSecret>> check = new DomainCheck<>(() -> {
            SaltedPassword password = domain.get().salted(user);
            return Optional.of(ScramSecret.of(password.salted(), password.salt(), password.iterations()));
        }, Optional.empty());
        return ask(check, check.answer());
    }

    /** The user that the domain finds, who must be the one that the client claims to be. */
    private CompletionStage<AuthOutcome> user(Lookup lookup, Optional<String> claimed) {
        if (domain.isEmpty()) {
            return CompletableFuture.completedFuture(new AuthOutcome.Unavailable());
        }
        DomainCheck<AuthOutcome> check = new DomainCheck<>(
                () -> lookup.in(domain.get())
                        .filter(user -> claimed.map(user.principal().getName()::equals).orElse(true))
                        .map(ServerAuthenticator::authenticated)
                        .orElseGet(AuthOutcome.Refused::new),
                new AuthOutcome.Unavailable());
        return ask(check, check.answer());
    }

    private static AuthOutcome authenticated(SecurityDomainUsers.User user) {
        Subject subject = new Subject();
        subject.getPrincipals().add(user.principal());
        subject.getPrivateCredentials().add(user.credential());
        return new AuthOutcome.Authenticated(user.principal().getName(), subject);
    }

    private <T> CompletionStage<T> ask(ServerCheck check, CompletionStage<T> answer) {
        if (enter(check)) {
            run(check);
        }
        if (check.isWanted()) {
            ScheduledFuture<?> timer = threads.after(TIME, () -> timeOver(check));
            answer.whenComplete((outcome, failure) -> timer.cancel(false));
        }
        return answer;
    }

    /** Whether it may be run now; if not, it waits, or is given up. */
    private synchronized boolean enter(ServerCheck check) {
        if (running < MAX_AT_ONCE) {
            running++;
            return true;
        }
        if (waiting.size() < MAX_WAITING) {
            waiting.add(check);
        } else {
            check.giveUp();
        }
        return false;
    }

    private void run(ServerCheck check) {
        threads.run(check.work(failure -> {
            failure.ifPresent(why -> LOG.error("smtp-ra: the server could not check a user", why));
            check.giveUp();
            next().ifPresent(this::run);
        }));
    }

    private synchronized Optional<ServerCheck> next() {
        while (!waiting.isEmpty() && !waiting.peek().isWanted()) {
            waiting.remove();
        }
        Optional<ServerCheck> next = Optional.ofNullable(waiting.poll());
        if (next.isEmpty()) {
            running--;
        }
        return next;
    }

    private void timeOver(ServerCheck check) {
        if (check.isWanted()) {
            LOG.warn("smtp-ra: the server did not check a user within {} s", TIME.toSeconds());
            check.giveUp();
        }
    }
}
