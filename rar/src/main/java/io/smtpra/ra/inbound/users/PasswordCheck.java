package io.smtpra.ra.inbound.users;

import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import io.smtpra.ra.inbound.work.BoundedWork;
import io.smtpra.ra.log.SessionMessages;
import jakarta.resource.spi.security.PasswordCredential;
import jakarta.resource.spi.work.SecurityContext;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.PasswordValidationCallback;
import java.io.IOException;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;

/** One password that the server is asked about, in setting up the context of a work (Jakarta Connectors, security inflow). */
final class PasswordCheck extends SecurityContext implements BoundedWork.Question<AuthOutcome> {

    private static final long serialVersionUID = 1L;

    private final transient ClientCredentials.Password credentials;
    private transient volatile AuthOutcome found = new AuthOutcome.Unavailable();

    PasswordCheck(ClientCredentials.Password credentials) {
        this.credentials = credentials;
    }

    @Override
    public Optional<SecurityContext> user() {
        return Optional.of(this);
    }

    @Override
    public AuthOutcome answer() {
        return found;
    }

    @Override
    public void setupSecurityContext(CallbackHandler handler, Subject execution, Subject service) {
        PasswordValidationCallback validation = new PasswordValidationCallback(
                execution, credentials.user(), credentials.password().toCharArray());
        try {
            // WildFly answers the one only together with the other.
            handler.handle(new Callback[] {new CallerPrincipalCallback(execution, credentials.user()), validation});
            found = validation.getResult()
                    ? new AuthOutcome.Authenticated(credentials.user(), known(execution))
                    : new AuthOutcome.Refused();
        } catch (IOException | UnsupportedCallbackException | RuntimeException e) {
            SessionMessages.LOG.passwordsNotChecked(e);
        } finally {
            validation.clearPassword();
        }
    }

    /** What the server has found out about the user, without the password. */
    private static Subject known(Subject execution) {
        Subject known = new Subject();
        known.getPrincipals().addAll(execution.getPrincipals());
        known.getPublicCredentials().addAll(execution.getPublicCredentials());
        execution.getPrivateCredentials().stream()
                .filter(credential -> !(credential instanceof PasswordCredential))
                .forEach(known.getPrivateCredentials()::add);
        return known;
    }
}
