package io.smtpra.web.answer;

import io.smtpra.ejb.mailbox.MailStoreException;
import io.smtpra.web.log.PageMessages;
import jakarta.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Every fault as {@code application/problem+json} (RFC 9457). */
@Provider
public class Problem implements ExceptionMapper<Exception> {

    private static final String TYPE = "application/problem+json";

    public static Response of(StatusType status, String detail) {
        return Response.status(status).type(TYPE).entity(Json.createObjectBuilder()
                .add("status", status.getStatusCode())
                .add("title", status.getReasonPhrase())
                .add("detail", detail)
                .build().toString()).build();
    }

    public static WebApplicationException exception(Status status, String detail) {
        return new WebApplicationException(of(status, detail));
    }

    public static WebApplicationException noSuchMail() {
        return exception(Status.NOT_FOUND, "There is no such mail");
    }

    @Override
    public Response toResponse(Exception fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebApplicationException known) {
                return known.getResponse().hasEntity() ? known.getResponse()
                        : of(known.getResponse().getStatusInfo(), String.valueOf(known.getMessage()));
            }
            if (cause instanceof IllegalArgumentException) {
                return of(Status.BAD_REQUEST, String.valueOf(cause.getMessage()));
            }
            if (cause instanceof MailStoreException) {
                PageMessages.LOG.storeDoesNotAnswer(cause.getMessage());
                return of(Status.SERVICE_UNAVAILABLE, "The database does not answer; try again later");
            }
        }
        PageMessages.LOG.requestFailed(fault);
        return of(Status.INTERNAL_SERVER_ERROR, "The server's log says what has failed");
    }
}
