package io.smtpra.ra.inbound.users;

import io.smtpra.ra.inbound.work.ServerWork;
import jakarta.resource.spi.work.SecurityContext;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;

/** Finds out whether the server takes callers from this adapter; many servers do so only when told. */
public final class SecurityInflow {

    private static final Duration TIME = Duration.ofSeconds(20);

    private SecurityInflow() {}

    /**
     * Tries it, with work that nobody calls.
     *
     * @param workManager of the server
     * @return why it does not work, absent if it does
     */
    public static Optional<Exception> failure(WorkManager workManager) {
        CompletableFuture<Optional<Exception>> outcome = new CompletableFuture<>();
        ServerWork work = ServerWork.as("smtp-ra security inflow", Optional.of(new Nobody()),
                () -> outcome.complete(Optional.empty()),
                failure -> outcome.complete(failure));
        try {
            workManager.scheduleWork(work, WorkManager.INDEFINITE, null, work);
            return outcome.get(TIME.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        } catch (WorkException | ExecutionException | TimeoutException e) {
            return Optional.of(e);
        }
    }

    private static final class Nobody extends SecurityContext {

        private static final long serialVersionUID = 1L;

        @Override
        public void setupSecurityContext(CallbackHandler handler, Subject execution, Subject service) {
            try {
                handler.handle(new Callback[] {new CallerPrincipalCallback(execution, (Principal) null)});
            } catch (IOException | UnsupportedCallbackException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
