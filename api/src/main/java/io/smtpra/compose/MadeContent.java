package io.smtpra.compose;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnknownServiceException;
import java.util.Optional;

/** Content that an application has made of an object: a text, parts, another message. */
final class MadeContent {

    /** What a handler that was made of an object shows as its source. */
    private static final Class<?> OBJECT_SOURCE = new DataHandler("", "text/plain").getDataSource().getClass();

    private MadeContent() {}

    /** The object; absent if the content comes from a source, whose octets are not looked at. */
    static Optional<Object> of(DataHandler content) throws IOException {
        return content.getClass() == DataHandler.class && content.getDataSource().getClass() == OBJECT_SOURCE
                ? Optional.ofNullable(content.getContent()) : Optional.empty();
    }

    /** Whether it is written without a handler of Jakarta Mail's: a text, or octets from a source. */
    static boolean isPlain(DataHandler content, ContentTypes types) throws IOException {
        if (content.getClass() != DataHandler.class) {
            return false;
        }
        return content.getDataSource().getClass() != OBJECT_SOURCE
                || content.getContent() instanceof String
                        && types.of(content.getContentType()).textCharset().isPresent();
    }

    /** The octets of a content that is a text. Jakarta Mail's own handler of texts passes them on one by one. */
    static Optional<byte[]> text(DataHandler content, ContentTypes types) throws MessagingException, IOException {
        Optional<Object> made = of(content);
        if (made.isPresent() && made.get() instanceof String text) {
            Optional<String> charset = types.of(content.getContentType()).textCharset();
            if (charset.isPresent()) {
                return Optional.of(text.getBytes(charset.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * A handler that writes the same, and looks for no help from Jakarta Mail to do so. It has no name either, by which
     * Jakarta Mail tells how to find out the encoding that a content needs.
     */
    static DataHandler handler(byte[] octets, String type) {
        return new DataHandler(new Octets(octets, type));
    }

    private record Octets(byte[] octets, String type) implements DataSource {

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(octets);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new UnknownServiceException("Octets that are only read");
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        public String getName() {
            return null;
        }
    }
}
