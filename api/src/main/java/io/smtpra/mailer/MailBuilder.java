package io.smtpra.mailer;

import io.smtpra.InboundMail;
import io.smtpra.MailContent;
import io.smtpra.Mailbox;
import io.smtpra.mail.HtmlText;
import io.smtpra.mail.MailAddress;
import io.smtpra.mail.MailPart;
import io.smtpra.mailer.MimeAssembly.MailBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Collects a {@link Mail}. What cannot be sent is refused where it is said, and what does not fit together by
 * {@link #build()}, each with an {@link IllegalArgumentException} that says what is allowed. Nothing that is said can
 * add a field to the header: control characters are refused.
 *
 * <p>A builder is used by one thread at a time, and may build more than one mail, each with an id of its own.
 */
public final class MailBuilder {

    /** The longest subject, in characters. */
    public static final int LONGEST_SUBJECT = 998;

    /** How much one mail takes of streams and arrays, in octets; files and contents are read while the mail leaves. */
    public static final int MAX_HELD = 32 << 20;

    private static final Set<String> OWN_FIELDS = Set.of("date", "from", "reply-to", "to", "cc", "bcc",
            "subject", "message-id", "in-reply-to", "references", "mime-version", "return-path", "received");

    private final List<MailAddress> replyTo = new ArrayList<>();
    private final List<MailAddress> to = new ArrayList<>();
    private final List<MailAddress> cc = new ArrayList<>();
    private final List<MailAddress> bcc = new ArrayList<>();
    private final List<Map.Entry<String, String>> others = new ArrayList<>();
    private final List<MailFile> inline = new ArrayList<>();
    private final List<MailFile> attachments = new ArrayList<>();
    private Optional<MailAddress> from = Optional.empty();
    private Optional<Optional<Mailbox>> reversePath = Optional.empty();
    private String subject = "";
    private Optional<String> inReplyTo = Optional.empty();
    private List<String> references = List.of();
    private Optional<String> text = Optional.empty();
    private Optional<String> html = Optional.empty();
    private Optional<Invitation.CalendarObject> calendar = Optional.empty();
    private Optional<Invitation> invitation = Optional.empty();
    private Optional<OriginalMail.Quote> quote = Optional.empty();
    private boolean requireTls;
    private final HeldOctets held = new HeldOctets(MAX_HELD);

    MailBuilder() {}

    /**
     * Says who has written it.
     *
     * @param author as {@code shop@example.com} or {@code Example Shop <shop@example.com>}
     * @return this builder
     */
    public MailBuilder from(String author) {
        return from(AddressText.parse("from", author));
    }

    MailBuilder from(MailAddress author) {
        from = Optional.of(AddressText.checked("from", author));
        return this;
    }

    /**
     * Says where answers go, if not to the author.
     *
     * @param addresses each as {@code user@example.com} or {@code Jane Doe <user@example.com>}
     * @return this builder
     */
    public MailBuilder replyTo(String... addresses) {
        replyTo.addAll(AddressText.parse("replyTo", addresses));
        return this;
    }

    /**
     * Adds recipients.
     *
     * @param addresses each as {@code user@example.com} or {@code Jane Doe <user@example.com>}
     * @return this builder
     */
    public MailBuilder to(String... addresses) {
        to.addAll(AddressText.parse("to", addresses));
        return this;
    }

    /**
     * Adds recipients.
     *
     * @param addresses with their names
     * @return this builder
     */
    public MailBuilder to(Collection<MailAddress> addresses) {
        addresses.forEach(address -> to.add(AddressText.checked("to", address)));
        return this;
    }

    /**
     * Adds recipients of a copy.
     *
     * @param addresses each as {@code user@example.com} or {@code Jane Doe <user@example.com>}
     * @return this builder
     */
    public MailBuilder cc(String... addresses) {
        cc.addAll(AddressText.parse("cc", addresses));
        return this;
    }

    /**
     * Adds recipients of a copy.
     *
     * @param addresses with their names
     * @return this builder
     */
    public MailBuilder cc(Collection<MailAddress> addresses) {
        addresses.forEach(address -> cc.add(AddressText.checked("cc", address)));
        return this;
    }

    /**
     * Adds recipients of whom the others do not know.
     *
     * @param addresses each as {@code user@example.com}
     * @return this builder
     */
    public MailBuilder bcc(String... addresses) {
        bcc.addAll(AddressText.parse("bcc", addresses));
        return this;
    }

    /**
     * Says where failures are reported to. Unless it is said, the connection factory's property {@code reversePath}
     * does; else it is the author.
     *
     * @param mailbox as {@code bounces@example.com}; empty for the null reverse-path, of mails that want no report
     * @return this builder
     */
    public MailBuilder reversePath(String mailbox) {
        reversePath = Optional.of(mailbox.isEmpty() ? Optional.empty() : Optional.of(Mailbox.parse(mailbox)));
        return this;
    }

    /**
     * Says what it is about.
     *
     * @param line at most {@value #LONGEST_SUBJECT} characters, none of them a control character
     * @return this builder
     */
    public MailBuilder subject(String line) {
        subject = AddressText.oneLine("subject", line, LONGEST_SUBJECT);
        return this;
    }

    /**
     * Gives the plain text.
     *
     * @param plain lines with any line ends
     * @return this builder
     */
    public MailBuilder text(String plain) {
        text = Optional.of(plain);
        return this;
    }

    /**
     * Gives the HTML. Unless there is a text too, its words are the text, with the addresses of its links.
     *
     * @param document the document
     * @return this builder
     */
    public MailBuilder html(String document) {
        html = Optional.of(document);
        return this;
    }

    /**
     * Adds a picture that the HTML shows by {@code <img src="cid:logo">}.
     *
     * @param contentId {@code logo} there
     * @param picture a PNG, JPEG, GIF, WebP or SVG; not closed
     * @return this builder
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public MailBuilder inline(String contentId, InputStream picture) {
        return inline(contentId, held.read(picture));
    }

    /**
     * Adds a picture that the HTML shows.
     *
     * @param contentId as in {@code <img src="cid:logo">}
     * @param picture a PNG, JPEG, GIF, WebP or SVG
     * @return this builder
     */
    public MailBuilder inline(String contentId, byte[] picture) {
        return inline(contentId, held.keep(picture), FileTypes.ofPicture(picture));
    }

    /**
     * Adds something that the HTML shows.
     *
     * @param contentId as in {@code <img src="cid:logo">}: letters, digits and a few signs
     * @param content what gives its octets, read while the mail leaves
     * @param type as {@code image/png}
     * @return this builder
     */
    public MailBuilder inline(String contentId, MailContent content, String type) {
        if (inline.stream().anyMatch(file -> file.contentId().orElseThrow().equals(contentId))) {
            throw new IllegalArgumentException("There are two inline parts of one content id");
        }
        inline.add(MailFile.of(contentId + "." + FileTypes.extension(type), type, Optional.of(contentId), content));
        return this;
    }

    /**
     * Attaches a file that is in a stream.
     *
     * @param name the file's name, without a path
     * @param content its octets, read now and held in memory, at most {@link #MAX_HELD}; not closed
     * @param type as {@code application/pdf} or {@code text/csv; charset=utf-8}
     * @return this builder
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public MailBuilder attach(String name, InputStream content, String type) {
        return attach(name, held.read(content), type);
    }

    /**
     * Attaches a file that is in memory.
     *
     * @param name the file's name, without a path
     * @param content its octets
     * @param type as {@code application/pdf} or {@code text/csv; charset=utf-8}
     * @return this builder
     */
    public MailBuilder attach(String name, byte[] content, String type) {
        return attach(name, held.keep(content), type);
    }

    /**
     * Attaches a file that is read while the mail leaves, perhaps more than once: of any size.
     *
     * @param name the file's name, without a path
     * @param content what gives its octets, as {@code () -> blob.getBinaryStream()}
     * @param type as {@code application/pdf} or {@code text/csv; charset=utf-8}
     * @return this builder
     */
    public MailBuilder attach(String name, MailContent content, String type) {
        attachments.add(MailFile.of(name, type, Optional.empty(), content));
        return this;
    }

    /**
     * Attaches a file, which must stay until the mail has left; its name tells its type.
     *
     * @param file the file
     * @return this builder
     */
    public MailBuilder attach(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("There is no file to read at " + file);
        }
        String name = file.getFileName().toString();
        return attach(name, MailContent.of(file), FileTypes.ofName(name));
    }

    /**
     * Attaches a part of a mail that has arrived. It is read while this mail leaves.
     *
     * @param part an attachment, say
     * @return this builder
     * @throws IOException if it cannot be read
     */
    public MailBuilder attach(MailPart part) throws IOException {
        attachments.add(MailFile.of(part));
        return this;
    }

    /**
     * Attaches a mail that has arrived, octet for octet, as {@code message/rfc822}. It is read while this mail leaves.
     *
     * @param mail the mail
     * @return this builder
     * @throws IOException if it cannot be read
     */
    public MailBuilder attach(InboundMail mail) throws IOException {
        attachments.add(MailFile.of(mail));
        return this;
    }

    /**
     * Makes it an invitation: of the author to those in To and Cc.
     *
     * @param event to what
     * @return this builder
     */
    public MailBuilder invite(Invitation event) {
        invitation = Optional.of(event);
        return this;
    }

    /**
     * Gives it an iCalendar object of another make, which mail programs offer to accept.
     *
     * @param iCalendar an iCalendar object with a {@code METHOD} (RFC 5545, RFC 6047)
     * @return this builder
     */
    public MailBuilder calendar(String iCalendar) {
        calendar = Optional.of(Invitation.CalendarObject.of(iCalendar));
        return this;
    }

    /**
     * Adds a field to the header.
     *
     * @param name letters, digits and hyphens; none that this builder writes itself
     * @param value at most 2,000 characters, none of them a control character
     * @return this builder
     */
    public MailBuilder header(String name, String value) {
        String small = name.toLowerCase(Locale.ROOT);
        if (!name.matches("[A-Za-z0-9-]{1,60}") || OWN_FIELDS.contains(small) || small.startsWith("content-")) {
            throw new IllegalArgumentException("A field's name has 1 to 60 letters, digits and hyphens, and is none of "
                    + "those that the mail has already");
        }
        others.add(Map.entry(name, AddressText.oneLine("header", value, 2_000)));
        return this;
    }

    /**
     * Asks for verified TLS at each hop (RFC 8689).
     *
     * @param required true to ask
     * @return this builder
     */
    public MailBuilder requireTls(boolean required) {
        requireTls = required;
        return this;
    }

    /**
     * Leaves out the text of the mail that this one answers or passes on.
     *
     * @return this builder
     */
    public MailBuilder withoutQuote() {
        quote = Optional.empty();
        return this;
    }

    /**
     * Makes the mail.
     *
     * @return the mail, with an id of its own
     * @throws IllegalArgumentException if it has no author or no recipient, or shows what no HTML asks for
     */
    public Mail build() {
        MailAddress author = from.orElseThrow(() -> new IllegalArgumentException("A mail has an author: call from"));
        if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty()) {
            throw new IllegalArgumentException("A mail has at least one recipient: call to, cc or bcc");
        }
        if (!inline.isEmpty() && html.isEmpty()) {
            throw new IllegalArgumentException("What is inline is shown by HTML: call html, or attach it");
        }
        String domain = author.mailbox().orElseThrow().asciiDomain();
        OutgoingHeader header = new OutgoingHeader(author, replyTo, to, cc, bcc, subject,
                Instant.now().truncatedTo(ChronoUnit.SECONDS), "<" + UUID.randomUUID() + "@" + domain + ">",
                inReplyTo, references, others);
        return new Mail(header, body(header), reversePath, requireTls, UUID.randomUUID().toString().replace("-", ""));
    }

    private MailBody body(OutgoingHeader header) {
        Optional<Invitation.CalendarObject> event = invitation.map(to -> to.calendar(header)).or(() -> calendar);
        Optional<String> plain = text.or(() -> html.map(HtmlText::withLinks));
        return quote.map(below -> new MailBody(Optional.of(below.below(plain)), html.map(below::belowHtml), event,
                inline, attachments)).orElseGet(() -> new MailBody(plain, html, event, inline, attachments));
    }

    MailBuilder about(OriginalMail.Quote original, Optional<String> answered, List<String> thread) {
        quote = Optional.of(original);
        inReplyTo = answered;
        references = thread;
        return this;
    }
}
