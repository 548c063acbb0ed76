package io.smtpra.mailer;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.MailContent;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.mail.MailAddress;
import io.smtpra.mail.MailPart;
import io.smtpra.mailer.MimeAssembly.MailBody;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A mail that can be sent: what it says has been checked, and does not change. Made by a builder, in one line:
 *
 * <pre>{@code
 * mailer.send(Mail.from("shop@example.com").to("Jane Doe <jane@example.org>")
 *         .subject("Grüße").html("<p>Danke! <img src='cid:logo'></p>")
 *         .inline("logo", picture).attach("invoice.pdf", pdf, "application/pdf"));
 * }</pre>
 *
 * <p>It leaves in ASCII, so that every mail server takes it as it is: text is encoded where it must be, and headers as
 * RFC 2047 and RFC 2231 have it. An address whose local part is outside ASCII needs a next hop with SMTPUTF8.
 */
public final class Mail {

    private final OutgoingHeader header;
    private final MailBody body;
    private final Optional<Optional<Mailbox>> reversePath;
    private final boolean requireTls;
    private final String boundary;

    Mail(OutgoingHeader header, MailBody body, Optional<Optional<Mailbox>> reversePath, boolean requireTls,
            String boundary) {
        this.header = header;
        this.body = body;
        this.reversePath = reversePath;
        this.requireTls = requireTls;
        this.boundary = boundary;
    }

    /**
     * Starts a mail.
     *
     * @param author as {@code shop@example.com} or {@code Example Shop <shop@example.com>}
     * @return a builder
     * @throws IllegalArgumentException if that is not one address
     */
    public static MailBuilder from(String author) {
        return new MailBuilder().from(author);
    }

    /**
     * Starts an answer to a mail: to whom it wants answers to go, with its subject behind {@code Re:}, in its thread,
     * and with its text quoted below. It comes from the address that the mail came for, where that is one alone; else
     * {@link MailBuilder#from(String)} says from whom.
     *
     * <p>A program that answers by itself looks first whether it may (RFC 3834): never where the envelope has the null
     * reverse-path.
     *
     * @param mail the mail that has arrived
     * @return a builder
     * @throws IOException if it cannot be read
     */
    public static MailBuilder replyTo(InboundMail mail) throws IOException {
        OriginalMail original = new OriginalMail(mail);
        return fromRecipient(original).about(original.quoted(), original.id(), original.references())
                .to(original.authors()).subject(original.replySubject());
    }

    /**
     * Starts an answer as {@link #replyTo} does, with a copy to all others who have the mail.
     *
     * @param mail the mail that has arrived
     * @return a builder
     * @throws IOException if it cannot be read
     */
    public static MailBuilder replyToAll(InboundMail mail) throws IOException {
        return replyTo(mail).cc(new OriginalMail(mail).others());
    }

    /**
     * Starts a mail that passes another on: with its subject behind {@code Fwd:}, in its thread, with its text below a
     * few lines of its header, and with its attachments. To have it octet for octet, attach it:
     * {@link MailBuilder#attach(InboundMail)}.
     *
     * <p>The attachments are read while the mail is sent, and so it is to be sent before {@code onMail} returns;
     * {@link Mailer#sendAsync} copies them.
     *
     * @param mail the mail that has arrived
     * @return a builder, which still wants to know to whom
     * @throws IOException if it cannot be read
     */
    public static MailBuilder forward(InboundMail mail) throws IOException {
        OriginalMail original = new OriginalMail(mail);
        MailBuilder builder = fromRecipient(original)
                .about(original.passedOn(), Optional.empty(), original.references())
                .subject(original.forwardSubject());
        List<MailPart> files = new ArrayList<>(original.view().inlineParts());
        files.addAll(original.view().attachments());
        for (MailPart part : files) {
            builder.attach(part);
        }
        return builder;
    }

    private static MailBuilder fromRecipient(OriginalMail original) {
        MailBuilder builder = new MailBuilder();
        original.recipient().ifPresent(own -> builder.from(new MailAddress("", own.toString())));
        return builder;
    }

    /**
     * Who has written it.
     *
     * @return the address of {@code From}
     */
    public MailAddress from() {
        return header.from();
    }

    /**
     * To whom it goes.
     *
     * @return the addresses of {@code To}
     */
    public List<MailAddress> to() {
        return header.to();
    }

    /**
     * Who has a copy.
     *
     * @return the addresses of {@code Cc}
     */
    public List<MailAddress> cc() {
        return header.cc();
    }

    /**
     * Who has a copy of which the others know nothing: they stand in the envelope alone.
     *
     * @return addresses
     */
    public List<MailAddress> bcc() {
        return header.bcc();
    }

    /**
     * What it is about.
     *
     * @return one line; empty if there is none
     */
    public String subject() {
        return header.subject();
    }

    /**
     * Its id, which stays the same however often it is sent.
     *
     * @return with angle brackets
     */
    public String messageId() {
        return header.messageId();
    }

    /**
     * When it was made.
     *
     * @return the time, in whole seconds
     */
    public Instant date() {
        return header.date();
    }

    /**
     * The plain text: the given one, or that of the HTML, and what is quoted.
     *
     * @return empty if there is none
     */
    public String text() {
        return body.text().orElse("");
    }

    /**
     * The HTML, with what is quoted.
     *
     * @return empty if there is none
     */
    public Optional<String> html() {
        return body.html();
    }

    /**
     * Who sends it to whom: from the {@linkplain MailBuilder#reversePath reverse-path}, or else {@code From}, to all of
     * To, Cc and Bcc, each once.
     *
     * @return the envelope
     */
    public Envelope envelope() {
        List<Mailbox> mailboxes = recipients().map(address -> address.mailbox().orElseThrow().toAscii())
                .distinct().toList();
        Optional<Mailbox> sender = reversePath.orElseGet(() -> header.from().mailbox()).map(Mailbox::toAscii);
        Envelope.Builder envelope = Envelope.from(sender);
        mailboxes.forEach(mailbox -> envelope.to(Recipient.of(mailbox)));
        return envelope
                .bodyType(body.isEightBit() ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT)
                .smtpUtf8(header.needsSmtpUtf8() || sender.filter(Mailbox::needsSmtpUtf8).isPresent()
                        || mailboxes.stream().anyMatch(Mailbox::needsSmtpUtf8))
                .requireTls(requireTls)
                .build();
    }

    /**
     * The mail as it leaves, header and body, without {@code Bcc}. It is made while it is read, the same each time, so
     * that attachments of any size take no memory.
     *
     * @return the octets
     */
    public MailContent content() {
        return new MimeAssembly(boundary).assemble(header.octets(), body);
    }

    /**
     * The mail as a Jakarta Mail message, for what works with such: with the same header, and with {@code Bcc}, which
     * Jakarta Mail's transports leave out. It is held in memory.
     *
     * @return a message of its own, which may be changed
     * @throws MessagingException if an attachment cannot be read
     */
    public MimeMessage toMimeMessage() throws MessagingException {
        Properties properties = new Properties();
        // RFC 6532: an address may be outside ASCII
        properties.setProperty("mail.mime.allowutf8", "true");
        try (InputStream octets = content().open()) {
            MimeMessage message = new MimeMessage(Session.getInstance(properties), octets);
            if (!header.bcc().isEmpty()) {
                message.addHeaderLine(header.bccLine());
            }
            return message;
        } catch (IOException e) {
            throw new MessagingException("The mail cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return header.messageId() + " from " + header.from().address() + " to " + recipients().count() + " recipients";
    }

    boolean hasReversePath() {
        return reversePath.isPresent();
    }

    /**
     * The same, with nothing in it that is gone when the mail that it was taken from is.
     *
     * @throws IOException if that cannot be read, or is larger than what is held in memory
     */
    Mail detached() throws IOException {
        if (body.attachments().stream().noneMatch(MailFile::borrowed)) {
            return this;
        }
        List<MailFile> kept = new ArrayList<>();
        int left = MailBuilder.MAX_HELD;
        for (MailFile file : body.attachments()) {
            byte[] octets = file.borrowed() ? read(file, left) : new byte[0];
            left -= octets.length;
            kept.add(file.borrowed() ? file.with(MailContent.of(octets)) : file);
        }
        return new Mail(header, new MailBody(body.text(), body.html(), body.calendar(), body.inline(), kept),
                reversePath, requireTls, boundary);
    }

    private static byte[] read(MailFile file, int most) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (InputStream in = file.content().open()) {
            octets.writeBytes(in.readNBytes(most));
            if (in.read() >= 0) {
                throw new IOException("What it passes on is larger than the " + MailBuilder.MAX_HELD
                        + " octets that are held in memory: send it before onMail returns");
            }
        }
        return octets.toByteArray();
    }

    private Stream<MailAddress> recipients() {
        return Stream.of(header.to(), header.cc(), header.bcc()).flatMap(List::stream);
    }
}
