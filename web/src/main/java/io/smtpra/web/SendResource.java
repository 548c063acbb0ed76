package io.smtpra.web;

import io.smtpra.ejb.mailbox.MailSending;
import io.smtpra.ejb.mailbox.MailStore;
import io.smtpra.ejb.store.MailEntry;
import io.smtpra.queue.MailQueueException;
import io.smtpra.web.answer.Problem;
import io.smtpra.web.answer.RequestBody;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Sends a mail on, or answers it, through the outbound queue. */
@Path("mails/{id}")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SendResource {

    private static final int MOST_RECIPIENTS = 100;

    @Inject
    private Caller caller;

    @EJB
    private MailStore store;

    @EJB
    private MailSending sending;

    /** Answers it. */
    @POST
    @Path("answer")
    public Response answer(@PathParam("id") String id, InputStream body) throws IOException {
        RequestBody answer = RequestBody.of(body);
        String text = answer.text("text");
        boolean all = answer.flag("all");
        return queued(id, mail -> sending.answer(caller.access(), mail, text, all));
    }

    /** Passes it on within another mail. */
    @POST
    @Path("forward")
    public Response forward(@PathParam("id") String id, InputStream body) throws IOException {
        RequestBody forward = RequestBody.of(body);
        List<String> to = recipients(forward);
        String text = forward.text("text");
        return queued(id, mail -> sending.forward(caller.access(), mail, to, text));
    }

    /** Sends it to others as it is. */
    @POST
    @Path("resend")
    public Response resend(@PathParam("id") String id, InputStream body) throws IOException {
        List<String> to = recipients(RequestBody.of(body));
        return queued(id, mail -> sending.resend(caller.access(), mail, to));
    }

    private static List<String> recipients(RequestBody body) {
        List<String> to = body.texts("to");
        if (to.size() > MOST_RECIPIENTS) {
            throw new IllegalArgumentException("At most " + MOST_RECIPIENTS + " recipients");
        }
        return to;
    }

    private Response queued(String id, Sending what) throws IOException {
        MailEntry mail = store.find(caller.access(), id).orElseThrow(Problem::noSuchMail);
        try {
            return Response.accepted(Json.createObjectBuilder()
                    .add("queueIds", Json.createArrayBuilder().add(what.of(mail))).build().toString()).build();
        } catch (MailQueueException e) {
            throw Problem.exception(e.getCause() instanceof IllegalArgumentException ? Status.BAD_REQUEST
                    : Status.CONFLICT,
                    e.getMessage());
        }
    }

    /** What is sent. */
    @FunctionalInterface
    private interface Sending {
        long of(MailEntry mail) throws IOException, MailQueueException;
    }
}
