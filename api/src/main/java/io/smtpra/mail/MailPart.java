package io.smtpra.mail;

import io.smtpra.MailContent;
import io.smtpra.mail.PartNode.Kind;
import jakarta.mail.internet.SharedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A part of a mail: an attachment, a text, a picture, or one that has parts itself. Its octets stay where they are
 * until they are asked for, and are decoded while they are read. Safe for use by several threads.
 */
public final class MailPart {

    private static final String OPAQUE_TYPE = "application/octet-stream";

    private final MailContent mail;
    private final MailLimits limits;
    private final PartNode node;
    private final List<HeaderField> fields;
    private final Parameters type;
    private final Parameters disposition;
    private final List<MailPart> parts;

    MailPart(MailContent mail, MailLimits limits, PartNode node) {
        this.mail = mail;
        this.limits = limits;
        this.node = node;
        this.fields = HeaderField.parse(node.header());
        this.type = type(fields, node.defaultType());
        this.disposition = Parameters.parse(value(fields, "Content-Disposition").orElse(""));
        this.parts = node.kind() == Kind.MULTIPART
                ? node.children().stream().map(child -> new MailPart(mail, limits, child)).toList()
                : List.of();
    }

    /**
     * What it says it is.
     *
     * @return type and subtype in small letters, as {@code image/png}. {@code text/plain} if it says nothing that is a
     *     type, and for a multipart without parts; {@code application/octet-stream} past a limit
     */
    public String contentType() {
        return switch (node.kind()) {
            case TEXT -> "text/plain";
            case OPAQUE -> OPAQUE_TYPE;
            default -> type.value();
        };
    }

    /**
     * A parameter of its type: {@code charset}, {@code boundary}, {@code method}.
     *
     * @param name the parameter's name in small letters
     * @return its value, decoded
     */
    public Optional<String> parameter(String name) {
        return type.get(name);
    }

    /**
     * How its sender wants it to be shown (RFC 2183).
     *
     * @return {@code inline}, {@code attachment} or another word in small letters; empty if there is none
     */
    public Optional<String> disposition() {
        return Optional.of(disposition.value()).filter(word -> !word.isEmpty());
    }

    /**
     * Whether its sender says that it is an attachment.
     *
     * @return true if its {@code Content-Disposition} is {@code attachment} (RFC 2183)
     */
    public boolean isAttachment() {
        return disposition.value().equals("attachment");
    }

    /**
     * A name that can be given to a file: the sender's without a path, without control characters or characters that
     * turn the direction of writing, in normal form C, of at most 255 octets in UTF-8. Two parts may have the same.
     *
     * @return never empty; if the sender gave none, the subject of a message with {@code .eml}, and {@code unnamed}
     *     with an extension for its type
     */
    public String fileName() {
        return givenFileName().flatMap(FileNames::safe)
                .or(() -> message().map(MailView::subject).filter(subject -> !subject.isBlank())
                        .flatMap(subject -> FileNames.safe(subject.replaceAll("[/\\\\]", "_") + ".eml")))
                .orElseGet(() -> FileNames.made(contentType()));
    }

    /**
     * The name that the sender gave it, decoded, and otherwise as it came: it may hold a path. For showing and
     * comparing alone.
     *
     * @return empty if there is none
     */
    public Optional<String> givenFileName() {
        return disposition.get("filename").or(() -> type.get("name")).filter(name -> !name.isBlank());
    }

    /**
     * What HTML calls it by: {@code cid:} and this id (RFC 2392).
     *
     * @return without angle brackets
     */
    public Optional<String> contentId() {
        return header("Content-ID").map(MailPart::withoutBrackets).filter(id -> !id.isEmpty());
    }

    /**
     * How its body is encoded, whatever its header calls that.
     *
     * @return {@code base64} or {@code quoted-printable}; {@code binary} if it stands there as it is
     */
    public String transferEncoding() {
        return switch (decoder()) {
            case BASE64 -> "base64";
            case QUOTED_PRINTABLE -> "quoted-printable";
            case NONE -> "binary";
        };
    }

    /**
     * How long its header is.
     *
     * @return octets, the empty line behind it included
     */
    public long headerSize() {
        return node.bodyStart() - node.start();
    }

    /**
     * How long it is. It is found by decoding it once from beginning to end.
     *
     * @return octets that {@link #open()} gives
     * @throws IOException if the mail cannot be read
     */
    public long size() throws IOException {
        if (decoder() == Decoder.NONE) {
            return encodedSize();
        }
        try (InputStream in = open()) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /**
     * How long it is in the mail. It costs nothing; base64 makes four octets of three.
     *
     * @return octets, encoded as they are
     */
    public long encodedSize() {
        return node.end() - node.bodyStart();
    }

    /**
     * Its content, decoded. What is broken in its encoding is left out, never an error.
     *
     * @return a new stream from the beginning
     * @throws IOException if the mail cannot be read
     */
    public InputStream open() throws IOException {
        InputStream encoded = openEncoded();
        return switch (decoder()) {
            case BASE64 -> new Base64Stream(encoded);
            case QUOTED_PRINTABLE -> new QuotedPrintableStream(encoded);
            case NONE -> encoded;
        };
    }

    /**
     * Its body as it is in the mail.
     *
     * @return a new stream from the beginning
     * @throws IOException if the mail cannot be read
     */
    public InputStream openEncoded() throws IOException {
        return range(mail, node.bodyStart(), node.end());
    }

    /**
     * Header and body as they are in the mail, octet for octet.
     *
     * @return a new stream from the beginning
     * @throws IOException if the mail cannot be read
     */
    public InputStream openWhole() throws IOException {
        return range(mail, node.start(), node.end());
    }

    /**
     * Its content as text, in the charset that it names. If it names none or one that nobody knows, UTF-8, and
     * windows-1252 where it is not that.
     *
     * @return with LF as line end; cut off at {@link MailLimits#maxTextOctets()}
     * @throws IOException if the mail cannot be read
     */
    public String text() throws IOException {
        String text = text(limits.maxTextOctets());
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    }

    /**
     * Its content as text, as {@link #text()}, but cut off where you want, and with the line ends that it has.
     *
     * @param mostOctets how much of it is read, in octets once decoded
     * @return the text
     * @throws IOException if the mail cannot be read
     */
    public String text(int mostOctets) throws IOException {
        try (InputStream in = open()) {
            byte[] octets = in.readNBytes(mostOctets);
            int length = octets.length < mostOctets ? octets.length : MailCharsets.wholeUtf8(octets, octets.length);
            return MailCharsets.decode(octets, length, type.get("charset").orElse(""));
        }
    }

    /**
     * A field of its header.
     *
     * @param name its name, in large or small letters
     * @return the first field's {@linkplain HeaderField#text() text}; empty if there is none
     */
    public Optional<String> header(String name) {
        return fields.stream().filter(field -> field.is(name)).findFirst().map(HeaderField::text);
    }

    /**
     * All fields of its header.
     *
     * @return in their order
     */
    public List<HeaderField> headers() {
        return fields;
    }

    /**
     * The parts that it has.
     *
     * @return empty if it is no multipart
     */
    public List<MailPart> parts() {
        return parts;
    }

    /**
     * The message that it is, if it is one: a mail that was forwarded or returned.
     *
     * @return the message; empty if this is no message, or an encoded one, which RFC 2046 section 5.2.1 does not allow
     */
    public Optional<MailView> message() {
        return node.kind() == Kind.MESSAGE
                ? Optional.of(new MailView(mail, limits, node.children().get(0)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return contentType() + " " + fileName();
    }

    boolean isMultipart() {
        return node.kind() == Kind.MULTIPART;
    }

    boolean isOpaque() {
        return node.kind() == Kind.OPAQUE;
    }

    private Decoder decoder() {
        return node.kind() == Kind.OPAQUE || node.kind() == Kind.MULTIPART || node.kind() == Kind.MESSAGE
                ? Decoder.NONE : decoder(fields);
    }

    static boolean isEncoded(List<HeaderField> fields) {
        return decoder(fields) != Decoder.NONE;
    }

    static Parameters type(List<HeaderField> fields, String defaultType) {
        return value(fields, "Content-Type").map(Parameters::parse)
                .filter(type -> type.value().matches("[^/\\s]+/[^/\\s]+"))
                .orElseGet(() -> Parameters.parse(defaultType));
    }

    static Optional<String> value(List<HeaderField> fields, String name) {
        return fields.stream().filter(field -> field.is(name)).findFirst().map(HeaderField::value);
    }

    static String withoutBrackets(String id) {
        String bare = id.strip();
        return bare.startsWith("<") && bare.endsWith(">") ? bare.substring(1, bare.length() - 1).strip() : bare;
    }

    /** {@code 8bits}, {@code Base64;} and the like: what it begins with decides. */
    private static Decoder decoder(List<HeaderField> fields) {
        StringBuilder letters = new StringBuilder();
        value(fields, "Content-Transfer-Encoding").orElse("").toLowerCase(Locale.ROOT).chars()
                .filter(Character::isLetterOrDigit).limit(20).forEach(letters::appendCodePoint);
        String name = letters.toString();
        return name.startsWith("base64") ? Decoder.BASE64
                : name.startsWith("quotedprintable") ? Decoder.QUOTED_PRINTABLE : Decoder.NONE;
    }

    private static InputStream range(MailContent mail, long start, long end) throws IOException {
        InputStream whole = mail.open();
        if (whole instanceof SharedInputStream shared) {
            return shared.newStream(start, end);
        }
        try {
            whole.skipNBytes(start);
        } catch (IOException | RuntimeException e) {
            whole.close();
            throw e;
        }
        return new Range(whole, end - start);
    }

    private enum Decoder { NONE, BASE64, QUOTED_PRINTABLE }

    /** The first octets of a stream. */
    private static final class Range extends InputStream {

        private final InputStream source;
        private long left;

        Range(InputStream source, long length) {
            this.source = source;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            int octet = left > 0 ? source.read() : -1;
            left -= octet < 0 ? 0 : 1;
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0 || left == 0) {
                return length == 0 ? 0 : -1;
            }
            int read = source.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = source.skip(Math.max(0, Math.min(count, left)));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, source.available());
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
