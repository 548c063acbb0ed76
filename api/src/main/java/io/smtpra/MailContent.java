package io.smtpra;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/** A message as octets (RFC 5322 and MIME), to be read once or more often. */
public interface MailContent {

    /**
     * The octets from the beginning.
     *
     * @return a new stream, closed by the caller
     * @throws IOException if they cannot be read
     */
    InputStream open() throws IOException;

    /**
     * How many octets there are, where that is known without reading them.
     *
     * @return the length in octets
     * @throws IOException if it cannot be found out
     */
    default OptionalLong length() throws IOException {
        return OptionalLong.empty();
    }

    /**
     * A content held in memory.
     *
     * @param octets the message; not copied
     * @return the content
     */
    static MailContent of(byte[] octets) {
        Objects.requireNonNull(octets, "octets");
        return new MailContent() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(octets);
            }

            @Override
            public OptionalLong length() {
                return OptionalLong.of(octets.length);
            }
        };
    }

    /**
     * A content held in a file.
     *
     * @param file the message; it must stay until it has been sent
     * @return the content
     */
    static MailContent of(Path file) {
        Objects.requireNonNull(file, "file");
        return new MailContent() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public OptionalLong length() throws IOException {
                return OptionalLong.of(Files.size(file));
            }
        };
    }
}
