package io.smtpra.mail;

import io.smtpra.MailContent;
import io.smtpra.event.TraceContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mail as people see it: from whom, about what, its text, its attachments. It takes any mail that a mail program would
 * show, and never throws for what is in it.
 *
 * <p>The header is read when the view is made; where the parts are is found when one is first asked for, in one pass;
 * nothing is decoded before it is read. It does not depend on Jakarta Mail's system properties. Safe for use by several
 * threads.
 */
public final class MailView {

    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,998}>");

    private final MailContent mail;
    private final MailLimits limits;
    private final List<HeaderField> fields;
    private Optional<MailPart> root;
    private Optional<Bodies> bodies = Optional.empty();

    private MailView(MailContent mail, MailLimits limits, List<HeaderField> fields) {
        this.mail = mail;
        this.limits = limits;
        this.fields = fields;
        this.root = Optional.empty();
    }

    MailView(MailContent mail, MailLimits limits, PartNode message) {
        this.mail = mail;
        this.limits = limits;
        MailPart part = new MailPart(mail, limits, message);
        this.fields = part.headers();
        this.root = Optional.of(part);
    }

    /**
     * The view of any message, with the {@linkplain MailLimits#DEFAULT default limits}.
     *
     * @param mail the message; it is read from for as long as the view is used
     * @return the view
     * @throws IOException if it cannot be read
     */
    public static MailView of(MailContent mail) throws IOException {
        return of(mail, MailLimits.DEFAULT);
    }

    /**
     * The view of any message.
     *
     * @param mail the message; it is read from for as long as the view is used
     * @param limits how far it is looked into
     * @return the view
     * @throws IOException if it cannot be read
     */
    public static MailView of(MailContent mail, MailLimits limits) throws IOException {
        Objects.requireNonNull(limits, "limits");
        try (InputStream in = mail.open()) {
            return new MailView(mail, limits, HeaderField.parse(StructureScanner.header(in, limits).header()));
        }
    }

    /**
     * What it is about.
     *
     * @return one line, decoded; empty if there is none
     */
    public String subject() {
        return header("Subject").orElse("");
    }

    /**
     * Who wrote it.
     *
     * @return the first address of {@code From}, or else of {@code Sender}
     */
    public Optional<MailAddress> from() {
        return addresses("From").stream().findFirst().or(() -> addresses("Sender").stream().findFirst());
    }

    /**
     * Who is to have an answer.
     *
     * @return the addresses of {@code Reply-To}, or else of {@code From}
     */
    public List<MailAddress> replyTo() {
        List<MailAddress> wanted = addresses("Reply-To");
        return wanted.isEmpty() ? addresses("From") : wanted;
    }

    /**
     * To whom it says it goes. Whom it really came for stands in the envelope.
     *
     * @return the addresses of all {@code To} fields
     */
    public List<MailAddress> to() {
        return addresses("To");
    }

    /**
     * Who has a copy.
     *
     * @return the addresses of all {@code Cc} fields
     */
    public List<MailAddress> cc() {
        return addresses("Cc");
    }

    /**
     * The addresses of any field.
     *
     * @param header its name; all fields of that name are read
     * @return in their order
     */
    public List<MailAddress> addresses(String header) {
        return fields.stream().filter(field -> field.is(header))
                .flatMap(field -> MailAddress.parse(field.value()).stream()).toList();
    }

    /**
     * When it was written, as its sender's clock had it.
     *
     * @return empty if there is no date, or none that can be read
     */
    public Optional<OffsetDateTime> date() {
        return MailPart.value(fields, "Date").flatMap(MailDates::parse);
    }

    /**
     * Its id.
     *
     * @return with its angle brackets, as {@code In-Reply-To} has it, if it has any
     */
    public Optional<String> messageId() {
        return header("Message-ID").filter(id -> !id.isEmpty());
    }

    /**
     * The message that this one answers.
     *
     * @return the first id of {@code In-Reply-To}, with its angle brackets
     */
    public Optional<String> inReplyTo() {
        return ids("In-Reply-To").stream().findFirst();
    }

    /**
     * The thread that it belongs to.
     *
     * @return the ids of {@code References}, with their angle brackets, the oldest first
     */
    public List<String> references() {
        return ids("References");
    }

    /**
     * Any field of the header.
     *
     * @param name its name, in large or small letters
     * @return the first field's {@linkplain HeaderField#text() text}; empty if there is none
     */
    public Optional<String> header(String name) {
        return fields.stream().filter(field -> field.is(name)).findFirst().map(HeaderField::text);
    }

    /**
     * All fields of the header.
     *
     * @return in their order
     */
    public List<HeaderField> headers() {
        return fields;
    }

    /**
     * The trace of requests that the mail belongs to, where whoever has sent it has said so (W3C Trace Context, in the
     * header fields {@code traceparent} and {@code tracestate}). Anybody can write them: to be believed as far as the
     * sender is.
     *
     * @return the context, absent if there is none or it is against the grammar
     */
    public Optional<TraceContext> traceContext() {
        List<String> parents = values(TraceContext.PARENT);
        return parents.size() == 1
                ? TraceContext.parse(parents.get(0), values(TraceContext.STATE)) : Optional.empty();
    }

    private List<String> values(String name) {
        return headers().stream().filter(field -> field.is(name)).map(HeaderField::text).toList();
    }

    /**
     * The text: all plain texts that a mail program shows one below the other, without attachments; of a mail that has HTML
     * alone, the words and lines of that.
     *
     * @return with LF as line end; empty if it has no text at all
     * @throws IOException if the mail cannot be read
     */
    public Optional<String> text() throws IOException {
        List<String> texts = new ArrayList<>();
        for (MailPart part : bodies().text()) {
            texts.add(part.contentType().equals("text/html") ? HtmlText.of(part.text()) : part.text());
        }
        return joined(texts);
    }

    /**
     * The HTML: all HTML parts that a mail program shows one below the other, as they came; a plain text among them, the
     * foot of a mailing list say, is put into {@code <pre>}. It is a stranger's: show it only where its scripts and
     * links do no harm.
     *
     * @return with LF as line end; empty if it has none
     * @throws IOException if the mail cannot be read
     */
    public Optional<String> html() throws IOException {
        List<String> texts = new ArrayList<>();
        boolean any = false;
        for (MailPart part : bodies().html()) {
            boolean html = part.contentType().equals("text/html");
            any |= html;
            texts.add(html ? part.text() : "<pre>" + escaped(part.text()) + "</pre>\n");
        }
        return any ? joined(texts) : Optional.empty();
    }

    /**
     * What a mail program lists below the text: files, forwarded messages, calendar entries, signatures,
     * {@code winmail.dat}. Pictures that the HTML shows are not among them, but {@linkplain #inlineParts() inline}.
     *
     * @return in their order
     * @throws IOException if the mail cannot be read
     */
    public List<MailPart> attachments() throws IOException {
        return bodies().attachments();
    }

    /**
     * An attachment by its name.
     *
     * @param fileName as {@link MailPart#fileName()} gives it
     * @return the first of that name
     * @throws IOException if the mail cannot be read
     */
    public Optional<MailPart> attachment(String fileName) throws IOException {
        return attachments().stream().filter(part -> part.fileName().equals(fileName)).findFirst();
    }

    /**
     * Pictures and the like that belong into the HTML.
     *
     * @return in their order
     * @throws IOException if the mail cannot be read
     */
    public List<MailPart> inlineParts() throws IOException {
        return bodies().inline();
    }

    /**
     * A part that the HTML refers to.
     *
     * @param contentId its id: of {@code cid:logo@example.com} that is {@code logo@example.com}
     * @return the first part of that id, be it inline or an attachment
     * @throws IOException if the mail cannot be read
     */
    public Optional<MailPart> inline(String contentId) throws IOException {
        return find(root(), part -> part.contentId().filter(contentId::equals).isPresent());
    }

    /**
     * What a mail server reports of mails that this address has sent (RFC 3464).
     *
     * @return empty if this is no delivery report
     * @throws IOException if the mail cannot be read
     */
    public Optional<DeliveryReport> deliveryReport() throws IOException {
        return DeliveryReport.of(this, limits);
    }

    /**
     * The mail as its parts lie within each other, for whoever looks for something else.
     *
     * @return the outermost part
     * @throws IOException if the mail cannot be read
     */
    public synchronized MailPart root() throws IOException {
        if (root.isEmpty()) {
            try (InputStream in = mail.open()) {
                root = Optional.of(new MailPart(mail, limits, StructureScanner.scan(in, limits)));
            }
        }
        return root.get();
    }

    @Override
    public String toString() {
        return from().map(MailAddress::toString).orElse("nobody") + ": " + subject();
    }

    private synchronized Bodies bodies() throws IOException {
        if (bodies.isEmpty()) {
            bodies = Optional.of(Bodies.of(root()));
        }
        return bodies.get();
    }

    private List<String> ids(String header) {
        return fields.stream().filter(field -> field.is(header))
                .flatMap(field -> MESSAGE_ID.matcher(field.value()).results())
                .map(MatchResult::group).toList();
    }

    static Optional<MailPart> find(MailPart part, Predicate<MailPart> wanted) {
        if (wanted.test(part)) {
            return Optional.of(part);
        }
        return part.parts().stream().flatMap(inner -> find(inner, wanted).stream()).findFirst();
    }

    private static Optional<String> joined(List<String> texts) {
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts.stream()
                .map(text -> texts.size() == 1 || text.isEmpty() || text.endsWith("\n") ? text : text + "\n")
                .collect(Collectors.joining()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
