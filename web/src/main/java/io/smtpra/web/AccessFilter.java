package io.smtpra.web;

import io.smtpra.ejb.store.MailAccess;
import io.smtpra.web.answer.Problem;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.Set;

/**
 * Asks of each request to the interface who it is from, whatever the server has let through; and of each that changes
 * something that it comes from the page: no form of another site can send that header.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AccessFilter implements ContainerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    private Caller caller;

    @Context
    private HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        Optional<MailAccess> access = caller.identify(request);
        if (access.isEmpty()) {
            context.abortWith(Problem.of(Status.UNAUTHORIZED, "Nobody is logged in"));
        } else if (!caller.hasRole(request)) {
            context.abortWith(Problem.of(Status.FORBIDDEN, "Only with the role mail-user or mail-admin"));
        } else if (!SAFE.contains(context.getMethod())
                && !"smtp-ra".equals(context.getHeaderString("X-Requested-By"))) {
            context.abortWith(Problem.of(Status.FORBIDDEN,
                    "What changes something needs the header X-Requested-By: smtp-ra"));
        }
    }
}
