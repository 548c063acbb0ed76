package io.smtpra.web;

import io.smtpra.ejb.store.AddressPattern;
import io.smtpra.ejb.store.MailAccess;
import io.smtpra.web.answer.MailJson;
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
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

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
    public String session() throws IOException {
        MailAccess access = caller.access();
        return Json.createObjectBuilder()
                .add("user", access.user())
                .add("admin", access.admin())
                .add("addresses", MailJson.texts(access.addresses().stream().map(AddressPattern::toString).toList()))
                .add("queue", access.admin())
                .add("version", version())
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

    private String version() throws IOException {
        try (InputStream manifest = request.getServletContext().getResourceAsStream("/META-INF/MANIFEST.MF")) {
            return manifest == null ? "" : Optional.ofNullable(new Manifest(manifest).getMainAttributes()
                    .getValue(Attributes.Name.IMPLEMENTATION_VERSION)).orElse("");
        }
    }
}
