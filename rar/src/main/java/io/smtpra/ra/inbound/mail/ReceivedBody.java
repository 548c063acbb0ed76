package io.smtpra.ra.inbound.mail;

import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.MessageAware;
import jakarta.mail.MessageContext;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a received message and a received part have in common, for Jakarta Mail has no class of that kind: headers that
 * say what there is, and a body that is read where it is.
 */
final class ReceivedBody {

    private static final Pattern WELL_FORMED = Pattern.compile("[^\\s/;()]++/[^\\s/;()]++"
            + "(?:\\s*+;\\s*+[!#$%&'*+.^_`{|}~0-9A-Za-z-]++=(?:\"[^\"\\\\\\r\\n]*+\"|[^\\s;\"()<>@,:\\\\/\\[\\]?=]++))*+\\s*+");

    private final MimePart owner;
    private final Session session;
    private final MailPart part;
    private final String[] receivedType;
    private final ReceivedHeaders headers;
    /** The multipart or message that was handed out, and may have been changed since. */
    private Optional<Object> handedOut = Optional.empty();

    /** The body of that message or part. */
    ReceivedBody(MimePart owner, Session session, MailPart part) {
        this.owner = owner;
        this.session = session;
        this.part = part;
        this.headers = new ReceivedHeaders(part);
        this.receivedType = headers.getHeader("Content-Type");
    }

    ReceivedHeaders headers() {
        return headers;
    }

    /** The header as it is now: a bean may have changed it. */
    MailPart header() {
        try {
            return headers.view().root();
        } catch (IOException e) {
            throw new IllegalStateException("A header in memory cannot be read", e);
        }
    }

    MailView view() {
        return headers.view();
    }

    /** The content type as it came if it is well-formed, or else what can be read of it. */
    String contentType() {
        String type = type();
        String[] written = headers.getHeader("Content-Type");
        if (written != null && WELL_FORMED.matcher(written[0]).matches()
                && written[0].regionMatches(true, 0, type, 0, type.length())) {
            return written[0];
        }
        return type + boundary(type);
    }

    boolean isMimeType(String pattern) {
        String type = type();
        return pattern.endsWith("/*")
                ? type.regionMatches(true, 0, pattern, 0, pattern.length() - 1)
                : type.equalsIgnoreCase(pattern.replaceFirst(";.*", "").strip());
    }

    /** As long as nobody has changed it, the type that the view gives: a multipart without parts is a text. */
    private String type() {
        String[] written = headers.getHeader("Content-Type");
        return Arrays.equals(written, receivedType) || written == null
                ? part.contentType() : written[0].replaceFirst("(?s);.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private String boundary(String type) {
        return type.startsWith("multipart/")
                ? part.parameter("boundary").map(text -> "; boundary=\"" + text.replaceAll("[\"\\\\]", "") + "\"")
                .orElse("")
                : "";
    }

    /** As Jakarta Mail has it: null if there is none. */
    String fileName() {
        MailPart header = header();
        return header.givenFileName().isPresent() ? header.fileName() : null;
    }

    /** What its body is encoded in, by the names that the RFCs know; null if it does not say. */
    String encoding() {
        String[] written = headers.getHeader("Content-Transfer-Encoding");
        if (written == null) {
            return null;
        }
        String encoding = header().transferEncoding();
        return !encoding.equals("binary") ? encoding
                : Arrays.asList("7bit", "8bit", "binary").contains(written[0].strip().toLowerCase(Locale.ROOT))
                        ? written[0].strip() : "8bit";
    }

    String[] languages() {
        return header().header("Content-Language")
                .map(text -> Arrays.stream(text.split("[,;\\s]+")).filter(word ->
                !word.isEmpty()).toArray(String[]::new))
                .filter(words -> words.length > 0)
                .orElse(null);
    }

    int size() {
        return (int) Math.min(Integer.MAX_VALUE, part.encodedSize());
    }

    InputStream open() throws IOException {
        return part.open();
    }

    InputStream openEncoded() throws IOException {
        return part.openEncoded();
    }

    /** A text as a string, parts and messages as such, and all else as a stream. */
    synchronized Object content() throws IOException, MessagingException {
        if (handedOut.isPresent()) {
            return handedOut.get();
        }
        if (part.contentType().startsWith("multipart/")) {
            handedOut = Optional.of(new ReceivedMultipart(session, part, new Source()));
        } else if (part.message().isPresent()) {
            handedOut = Optional.of(new ReceivedMessage(session, part.message().get().root()));
        } else {
            return part.contentType().startsWith("text/") ? part.text(Integer.MAX_VALUE) : part.open();
        }
        return handedOut.get();
    }

    DataHandler dataHandler() {
        return new DataHandler(new Source()) {
            @Override
            public Object getContent() throws IOException {
                try {
                    return content();
                } catch (MessagingException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                try {
                    writeContent(out);
                } catch (MessagingException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    /** Whether anything is not as it came. */
    synchronized boolean isTouched() {
        return headers.isChanged() || isContentTouched();
    }

    synchronized void updateHeaders() throws MessagingException {
        if (isContentTouched() && handedOut.get() instanceof ReceivedMultipart multipart) {
            multipart.updateHeaders();
        }
    }

    /** Header and body, octet for octet as they came where nobody has changed anything. */
    void writeTo(OutputStream out, String[] ignoreList) throws IOException, MessagingException {
        headers.writeTo(out, ignoreList);
        writeBody(out);
        out.flush();
    }

    /** The header, and another body that a bean has put in. */
    void writeTo(OutputStream out, String[] ignoreList, DataHandler body, String encoding)
            throws IOException, MessagingException {
        headers.writeTo(out, ignoreList);
        OutputStream encoded = MimeUtility.encode(out, encoding);
        body.writeTo(encoded);
        encoded.flush();
        out.flush();
    }

    private void writeBody(OutputStream out) throws IOException, MessagingException {
        if (isContentTouched()) {
            writeContent(out);
            return;
        }
        try (InputStream in = part.openEncoded()) {
            in.transferTo(out);
        }
    }

    private void writeContent(OutputStream out) throws IOException, MessagingException {
        if (isContentTouched() && handedOut.get() instanceof ReceivedMultipart multipart) {
            multipart.writeTo(out);
        } else if (isContentTouched() && handedOut.get() instanceof MimeMessage message) {
            message.writeTo(out);
        } else {
            try (InputStream in = part.open()) {
                in.transferTo(out);
            }
        }
    }

    private synchronized boolean isContentTouched() {
        return handedOut.filter(content -> content instanceof ReceivedMultipart multipart && multipart.isTouched()
                || content instanceof ReceivedMessage message && message.isTouched()).isPresent();
    }

    /** It tells whose content it is: who sends a message on sees by that that it is the one that was read. */
    private final class Source implements DataSource, MessageAware {

        @Override
        public MessageContext getMessageContext() {
            return new MessageContext(owner);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return part.open();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException("A received mail cannot be written to");
        }

        @Override
        public String getContentType() {
            return contentType();
        }

        @Override
        public String getName() {
            String name = fileName();
            return name == null ? "" : name;
        }
    }
}
