package io.smtpra.web;

import io.smtpra.ejb.mailbox.MailStore;
import io.smtpra.ejb.store.MailEntry;
import io.smtpra.ejb.store.StoredPart;
import io.smtpra.mail.MailAddress;
import io.smtpra.mail.MailView;
import io.smtpra.web.answer.Hop;
import io.smtpra.web.answer.MailJson;
import io.smtpra.web.answer.OctetResponse;
import io.smtpra.web.answer.Problem;
import io.smtpra.web.answer.RequestBody;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** One mail: what it is, whether it was read, and its end. */
@Path("mails/{id}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MailResource {

    /** More text than that nobody reads on a page; the source has it all. */
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int MOST_FIELDS = 1000;

    @Inject
    private Caller caller;

    @EJB
    private MailStore store;

    @Context
    private Request request;

    /** All about one mail but its octets. */
    @GET
    public Response mail(@PathParam("id") String id) throws IOException {
        MailEntry mail = store.find(caller.access(), id).orElseThrow(Problem::noSuchMail);
        EntityTag tag = new EntityTag(id + (mail.seen() ? "-1" : "-0"));
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return unchanged.cacheControl(OctetResponse.revalidated()).build();
        }
        return Response.ok(details(mail).build().toString()).tag(tag).cacheControl(OctetResponse.revalidated()).build();
    }

    /** Notes that a mail was read, or that it is to be taken for unread. */
    @PUT
    @Path("read")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response read(@PathParam("id") String id, InputStream body) {
        boolean seen = RequestBody.of(body).flag("read");
        if (!store.markSeen(caller.access(), id, seen)) {
            throw Problem.noSuchMail();
        }
        return Response.noContent().build();
    }

    /** Removes a mail; where others have it too, only for whoever removes it. */
    @DELETE
    public Response remove(@PathParam("id") String id) {
        if (!store.remove(caller.access(), id)) {
            throw Problem.noSuchMail();
        }
        return Response.noContent().build();
    }

    private JsonObjectBuilder details(MailEntry mail) throws IOException {
        JsonArrayBuilder parts = Json.createArrayBuilder();
        store.parts(mail).stream().filter(part -> part.role() != StoredPart.Role.TEXT)
                .forEach(part -> parts.add(MailJson.part(part)));
        MailView view = MailView.of(store.content(mail));
        JsonArrayBuilder verdicts = Json.createArrayBuilder();
        store.verdicts(mail).forEach(verdict -> verdicts.add(MailJson.verdict(verdict)));
        JsonArrayBuilder headers = Json.createArrayBuilder();
        view.headers().stream().limit(MOST_FIELDS).forEach(field ->
                headers.add(Json.createObjectBuilder().add("name", field.name()).add("value", field.text())));
        JsonArrayBuilder hops = Json.createArrayBuilder();
        Hop.of(view).forEach(hop -> hops.add(hop.json()));
        Optional<String> undecodable = mail.undecodable();
        String text = "";
        boolean html = false;
        if (undecodable.isEmpty()) {
            try {
                text = view.text().map(whole -> whole.substring(0, Math.min(whole.length(), LONGEST_TEXT))).orElse("");
                html = view.html().isPresent();
            } catch (RuntimeException e) {
                undecodable = Optional.of("Its parts cannot be read: " + e);
            }
        }
        return MailJson.entry(mail)
                .add("helo", mail.origin().heloName())
                .add("listener", mail.origin().listener())
                .add("to", MailJson.texts(texts(view.to())))
                .add("cc", MailJson.texts(texts(view.cc())))
                .add("date", MailJson.orNull(view.date().map(DateTimeFormatter.ISO_OFFSET_DATE_TIME::format)))
                .add("messageId", MailJson.orNull(mail.messageId()))
                .add("text", text)
                .add("html", html)
                .add("headers", headers)
                .add("parts", parts)
                .add("hops", hops)
                .add("verdicts", verdicts)
                .add("undecodable", MailJson.orNull(undecodable));
    }

    private static List<String> texts(List<MailAddress> addresses) {
        return addresses.stream().limit(MOST_FIELDS).map(MailAddress::toString).toList();
    }
}
