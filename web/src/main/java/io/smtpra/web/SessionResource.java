package io.smtpra.web;

import io.smtpra.ejb.store.AddressPattern;
import io.smtpra.ejb.store.MailAccess;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Who has logged in. */
@Path("session")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

    @Inject
    private Caller caller;

    @Context
    private HttpServletRequest request;

    /** The user, and what that user may see. */
    @GET
    public String session() {
        MailAccess access = caller.access();
        return Json.createObjectBuilder()
                .add("user", access.user())
                .add("admin", access.admin())
                .add("addresses", MailJson.texts(access.addresses().stream().map(AddressPattern::toString).toList()))
                .add("queue", access.admin())
                .add("version", Optional.ofNullable(getClass().getPackage().getImplementationVersion()).orElse(""))
                .build().toString();
    }

    /** Logs out. */
    @DELETE
    public Response end() throws ServletException {
        request.logout();
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        return Response.noContent().build();
    }
}
