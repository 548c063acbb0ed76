package io.smtpra.ra.inbound.users;

import jakarta.resource.spi.work.SecurityContext;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import java.io.IOException;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;

/**
 * Lets work run as a user who has authenticated before (Jakarta Connectors, security inflow). What the server found out
 * about a user then, it is given back, so that the user has its roles without its password being kept. A user that the
 * adapter itself knows, by its certificate, is named to the server together with its roles.
 */
public final class CallerIdentity extends SecurityContext {

    private static final long serialVersionUID = 1L;

    private final transient Subject caller;
    private final String user;

    public CallerIdentity(String user, Subject caller) {
        this.user = user;
        this.caller = caller;
    }

    @Override
    public void setupSecurityContext(CallbackHandler handler, Subject execution, Subject service) {
        // A server may hand out the subject of the thread that submitted the work.
        execution.getPrincipals().clear();
        execution.getPublicCredentials().clear();
        execution.getPrivateCredentials().clear();
        if (isKnownToServer()) {
            execution.getPrincipals().addAll(caller.getPrincipals());
            execution.getPublicCredentials().addAll(caller.getPublicCredentials());
            execution.getPrivateCredentials().addAll(caller.getPrivateCredentials());
        } else {
            name(handler, execution);
        }
    }

    private boolean isKnownToServer() {
        return caller.getPrincipals().stream().anyMatch(principal -> !(principal instanceof CertificateUsers.Role));
    }

    private void name(CallbackHandler handler, Subject execution) {
        String[] roles = caller.getPrincipals(CertificateUsers.Role.class).stream()
                .map(CertificateUsers.Role::name)
                .toArray(String[]::new);
        try {
            handler.handle(new Callback[] {
                new CallerPrincipalCallback(execution, user), new GroupPrincipalCallback(execution, roles)
            });
        } catch (IOException | UnsupportedCallbackException e) {
            throw new IllegalStateException("The server does not take the caller " + user, e);
        }
    }
}
