package io.smtpra.web;

import io.smtpra.MailContent;
import io.smtpra.ejb.mailbox.MailStore;
import io.smtpra.ejb.store.MailEntry;
import io.smtpra.ejb.store.MailFacts;
import io.smtpra.ejb.store.StoredPart;
import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import io.smtpra.web.answer.InlineImage;
import io.smtpra.web.answer.MailDocument;
import io.smtpra.web.answer.OctetResponse;
import io.smtpra.web.answer.Problem;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The octets of a mail and of its parts. */
@Path("mails/{id}")
@RequestScoped
public class ContentResource {

    private static final String HTML_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
            + " style-src 'unsafe-inline'; img-src data:%s; font-src data:; form-action 'none'; base-uri 'none';"
            + " frame-ancestors 'self'";
    private static final int LONGEST_SOURCE = 1 << 20;
    private static final int MOST_IMAGE_OCTETS = 8 << 20;
    private static final Set<String> IMAGES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    /** What no browser takes for a document with scripts in it; all else is a file without a type. */
    private static final Set<String> PLAIN = Set.of("text/plain", "text/csv", "text/calendar", "application/pdf",
            "application/zip", "application/json", "message/rfc822");

    @Inject
    private Caller caller;

    @EJB
    private MailStore store;

    @Context
    private Request request;

    @Context
    private HttpHeaders headers;

    /** The mail octet for octet, as a file. */
    @GET
    @Path("raw")
    public Response raw(@PathParam("id") String id) {
        MailEntry mail = mail(id);
        MailContent content = store.content(mail);
        return octets().of(content::open, mail.size(), id).type("message/rfc822")
                .header(HttpHeaders.CONTENT_DISPOSITION, OctetResponse.attachment(id + ".eml")).build();
    }

    /** The beginning of the mail as it is, to be read. */
    @GET
    @Path("source")
    public Response source(@PathParam("id") String id) throws IOException {
        MailEntry mail = mail(id);
        try (InputStream in = store.content(mail).open()) {
            return OctetResponse.harmless(Response.ok(in.readNBytes(LONGEST_SOURCE),
                    "text/plain; charset=utf-8")).build();
        }
    }

    /** The HTML of the mail as a document without origin, in which nothing runs. */
    @GET
    @Path("html")
    public Response html(@PathParam("id") String id, @QueryParam("images") String images) throws IOException {
        MailView view = MailView.of(store.content(mail(id)));
        String html = view.html().orElseThrow(() -> Problem.exception(Status.NOT_FOUND, "This mail has no HTML"));
        boolean remote = "true".equals(images);
        InlineImages inline = new InlineImages(view);
        String document = new MailDocument(remote, inline::find).of(html);
        return Response.ok(document, "text/html; charset=utf-8").cacheControl(OctetResponse.revalidated())
                .header("Content-Security-Policy", HTML_POLICY.formatted(remote ? " https: http:" : ""))
                .header("X-DNS-Prefetch-Control", "off").build();
    }

    /** A part, as a file. */
    @GET
    @Path("parts/{number: \\d{1,4}}")
    public Response part(@PathParam("id") String id, @PathParam("number") int number) throws IOException {
        MailEntry mail = mail(id);
        StoredPart part = part(mail, number);
        MailPart content = content(mail, number);
        return octets().of(content::open, part.size(), id + "-" + number).type(typeOf(part, content))
                .header(HttpHeaders.CONTENT_DISPOSITION, OctetResponse.attachment(part.name())).build();
    }

    /** A part that is a picture, to be looked at. */
    @GET
    @Path("parts/{number: \\d{1,4}}/image")
    public Response image(@PathParam("id") String id, @PathParam("number") int number) throws IOException {
        MailEntry mail = mail(id);
        StoredPart part = part(mail, number);
        if (!IMAGES.contains(part.type())) {
            throw Problem.exception(Status.NOT_FOUND, "This part is no picture that is shown");
        }
        MailPart content = content(mail, number);
        return octets().of(content::open, part.size(), id + "-" + number).type(part.type()).build();
    }

    private MailEntry mail(String id) {
        return store.find(caller.access(), id).orElseThrow(Problem::noSuchMail);
    }

    private StoredPart part(MailEntry mail, int number) {
        return store.parts(mail).stream().filter(part -> part.number() == number).findFirst()
                .orElseThrow(() -> Problem.exception(Status.NOT_FOUND, "There is no such part"));
    }

    private MailPart content(MailEntry mail, int number) throws IOException {
        List<MailPart> leaves = MailFacts.leaves(MailView.of(store.content(mail)).root());
        if (number > leaves.size()) {
            throw Problem.exception(Status.NOT_FOUND, "There is no such part");
        }
        return leaves.get(number - 1);
    }

    private OctetResponse octets() {
        return new OctetResponse(request, headers);
    }

    private static String typeOf(StoredPart part, MailPart content) {
        if (part.type().equals("text/plain")) {
            return "text/plain" + content.parameter("charset").filter(name -> name.matches("[A-Za-z0-9_.:-]{1,40}"))
                    .map(name -> "; charset=" + name).orElse("");
        }
        return PLAIN.contains(part.type()) || IMAGES.contains(part.type()) ? part.type() : "application/octet-stream";
    }

    /** The pictures of a mail, as many as a document can carry. */
    private static final class InlineImages {
        private final MailView view;
        private int left = MOST_IMAGE_OCTETS;

        InlineImages(MailView view) {
            this.view = view;
        }

        Optional<InlineImage> find(String contentId) {
            try {
                Optional<MailPart> part = view.inline(contentId).filter(found -> IMAGES.contains(found.contentType()));
                if (part.isEmpty()) {
                    return Optional.empty();
                }
                try (InputStream in = part.get().open()) {
                    byte[] octets = in.readNBytes(left + 1);
                    if (octets.length > left) {
                        return Optional.empty();
                    }
                    left -= octets.length;
                    return Optional.of(new InlineImage(part.get().contentType(), octets));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
