package io.smtpra.ra.inbound.delivery;

import io.smtpra.Envelope;
import io.smtpra.ListenerKind;
import io.smtpra.Peer;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import io.smtpra.ra.message.Content;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Mails that have been received. */
final class Mails {

    static final String TEXT = "Subject: hello\r\n\r\nHow are you?\r\n";

    private Mails() {}

    static ReceivedMail to(String... recipients) {
        return to(new BytesContent(TEXT), recipients);
    }

    static ReceivedMail to(Content content, String... recipients) {
        return new ReceivedMail(
                UUID.randomUUID().toString(),
                Instant.now(),
                Envelope.from("sender@example.org").to(recipients).build(),
                peer(ListenerKind.SMTP),
                content);
    }

    static Peer peer(ListenerKind listener) {
        return new Peer(new InetSocketAddress("127.0.0.1", 40_000), Optional.empty(), "client.example.org", listener,
                Optional.empty(), Optional.empty());
    }

    /** A content in an array that knows whether it is closed. */
    static final class BytesContent implements Content {

        volatile boolean closed;
        volatile boolean closeFails;
        private final byte[] octets;

        BytesContent(String text) {
            octets = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public long size() {
            return octets.length;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            requireOpen();
            int read = (int) Math.min(length, octets.length - position);
            if (read <= 0) {
                return -1;
            }
            System.arraycopy(octets, (int) position, target, offset, read);
            return read;
        }

        @Override
        public void requireOpen() throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
        }

        @Override
        public void close() {
            closed = true;
            if (closeFails) {
                throw new IllegalStateException("The content cannot be freed");
            }
        }
    }
}
