package io.smtpra.web;

import io.smtpra.Mailbox;
import io.smtpra.Reply;
import io.smtpra.ejb.mailbox.MailStore;
import io.smtpra.queue.MailQueue;
import io.smtpra.queue.QueueFilter;
import io.smtpra.queue.QueuedMail;
import io.smtpra.queue.QueuedRecipient;
import io.smtpra.queue.RecipientState;
import io.smtpra.web.answer.MailJson;
import io.smtpra.web.answer.Problem;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The outbound queue, for administrators. */
@Path("queue")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class QueueResource {

    /** What tells most about a mail that has recipients in several states. */
    private static final List<RecipientState> FOREMOST = List.of(RecipientState.SET_ASIDE, RecipientState.WAITING,
            RecipientState.BOUNCED, RecipientState.EXPIRED, RecipientState.CANCELLED, RecipientState.SENT);

    @Inject
    private Caller caller;

    @Inject
    private MailQueue queue;

    @EJB
    private MailStore store;

    /** The newest mails, or those of which something is in a state. */
    @GET
    public String list(@QueryParam("state") @DefaultValue("") String state,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        requireAdmin();
        if (!limit.matches("[1-9]\\d{0,2}|1000")) {
            throw new IllegalArgumentException("limit is a number from 1 to 1000, not '" + limit + "'");
        }
        QueueFilter filter = state.isEmpty() ? QueueFilter.ALL
                : QueueFilter.in(RecipientState.valueOf(state.toUpperCase(
                Locale.ROOT)));
        List<QueuedMail> mails = queue.newest(filter, Long.MAX_VALUE, Integer.parseInt(limit));
        Map<Long, String> subjects = store.subjects(mails.stream().map(QueuedMail::id).toList());
        JsonArrayBuilder list = Json.createArrayBuilder();
        mails.forEach(mail -> list.add(json(mail, subjects.getOrDefault(mail.id(), ""))));
        JsonObjectBuilder counts = Json.createObjectBuilder();
        queue.counts().forEach((each, number) -> counts.add(each.name(), number));
        return Json.createObjectBuilder().add("mails", list).add("counts", counts).build().toString();
    }

    /** Lets a mail be tried now. */
    @POST
    @Path("{number: \\d{1,18}}/retry")
    public Response retry(@PathParam("number") long number) {
        requireAdmin();
        return answer(number, queue.retry(number), "Nothing of it waits");
    }

    /** Ends a mail that waits. */
    @POST
    @Path("{number: \\d{1,18}}/cancel")
    public Response cancel(@PathParam("number") long number) {
        requireAdmin();
        return answer(number, queue.cancel(number), "Nothing of it waits, or it is being sent just now");
    }

    private Response answer(long number, boolean done, String reason) {
        if (done) {
            return Response.noContent().build();
        }
        throw queue.find(number).isPresent() ? Problem.exception(Status.CONFLICT, reason)
                : Problem.exception(Status.NOT_FOUND, "There is no such mail in the queue");
    }

    private void requireAdmin() {
        if (!caller.access().admin()) {
            throw Problem.exception(Status.FORBIDDEN, "Only with the role mail-admin");
        }
    }

    private static JsonObject json(QueuedMail mail, String subject) {
        JsonArrayBuilder recipients = Json.createArrayBuilder();
        mail.recipients().forEach(recipient -> recipients.add(json(recipient, mail.nextAttempt())));
        return Json.createObjectBuilder()
                .add("id", mail.id())
                .add("state", mail.recipients().stream().map(QueuedRecipient::state)
                        .min(Comparator.comparing(FOREMOST::indexOf)).map(Enum::name).orElse(""))
                .add("from", MailJson.orNull(mail.reversePath().map(Mailbox::toString)))
                .add("created", mail.enqueued().toString())
                .add("nextAttempt", MailJson.orNull(mail.nextAttempt().map(Instant::toString)))
                .add("attempts", mail.recipients().stream().mapToInt(QueuedRecipient::attempts).max().orElse(0))
                .add("subject", subject)
                .add("size", mail.octets())
                .add("recipients", recipients)
                .build();
    }

    private static JsonObject json(QueuedRecipient recipient, Optional<Instant> next) {
        boolean waits = recipient.state() == RecipientState.WAITING;
        return Json.createObjectBuilder()
                .add("address", recipient.recipient().mailbox().toString())
                .add("state", recipient.state().name())
                .add("attempts", recipient.attempts())
                .add("lastReply", MailJson.orNull(recipient.lastReply().map(Reply::toString)))
                .add("nextAttempt", MailJson.orNull(next.filter(time -> waits).map(Instant::toString)))
                .build();
    }
}
