package io.smtpra.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The description of this interface. */
@Path("openapi.json")
public class OpenApiResource {

    static final String FILE = "/META-INF/openapi.json";

    /** The file, as it is. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response description() {
        return Response.ok(OpenApiResource.class.getResourceAsStream(FILE)).build();
    }
}
