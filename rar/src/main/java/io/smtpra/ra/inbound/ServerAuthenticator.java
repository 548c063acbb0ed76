package io.smtpra.ra.inbound;

import io.smtpra.Peer;
import io.smtpra.ra.inbound.protocol.AuthOutcome;
import io.smtpra.ra.inbound.protocol.Authenticator;
import io.smtpra.ra.inbound.protocol.Credentials;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server's security domain about passwords, on the server's threads: a few at a time, so that deliveries are not
 * crowded out, and each within its time. Certificates have been checked by TLS.
 */
final class ServerAuthenticator implements Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(ServerAuthenticator.class);
    private static final String WORK_NAME = "smtp-ra authentication";
    private static final int MAX_AT_ONCE = 4;
    private static final int MAX_WAITING = 200;
    private static final Duration TIME = Duration.ofSeconds(15);

    private final ServerThreads threads;
    private final CertificateUsers certificates;
    private final Queue<PasswordCheck> waiting = new ArrayDeque<>();
    private int running;

    ServerAuthenticator(ServerThreads threads, CertificateUsers certificates) {
        this.threads = threads;
        this.certificates = certificates;
    }

    @Override
    public CompletionStage<AuthOutcome> authenticate(Credentials credentials, Peer peer) {
        if (credentials instanceof Credentials.Certificate certificate) {
            return CompletableFuture.completedFuture(certificates.user(certificate));
        }
        Credentials.Password password = (Credentials.Password) credentials;
        if (password.authorizationId().filter(id -> !id.equals(password.user())).isPresent()) {
            // To act as another user is a right that a server's security domain cannot be asked about.
            return CompletableFuture.completedFuture(new AuthOutcome.Refused());
        }
        PasswordCheck check = new PasswordCheck(password);
        if (enter(check)) {
            run(check);
        }
        if (check.isWanted()) {
            ScheduledFuture<?> timer = threads.after(TIME, () -> timeOver(check));
            check.outcome().whenComplete((outcome, failure) -> timer.cancel(false));
        }
        return check.outcome();
    }

    /** Whether it may be run now; if not, it waits, or is given up. */
    private synchronized boolean enter(PasswordCheck check) {
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

    private void run(PasswordCheck check) {
        threads.run(ServerWork.as(WORK_NAME, Optional.of(check), check::tell, failure -> {
            failure.ifPresent(why -> LOG.error("smtp-ra: the server could not check a password", why));
            check.giveUp();
            end(check);
        }));
    }

    private void end(PasswordCheck check) {
        if (check.end()) {
            next().ifPresent(this::run);
        }
    }

    private synchronized Optional<PasswordCheck> next() {
        while (!waiting.isEmpty() && !waiting.peek().isWanted()) {
            waiting.remove();
        }
        Optional<PasswordCheck> next = Optional.ofNullable(waiting.poll());
        if (next.isEmpty()) {
            running--;
        }
        return next;
    }

    private void timeOver(PasswordCheck check) {
        if (check.isWanted()) {
            LOG.warn("smtp-ra: the server did not check a password within {} s", TIME.toSeconds());
            check.giveUp();
        }
    }
}
