package io.smtpra.ra.outbound;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.ra.message.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A mail that is ready to be sent. Whoever has it closes it.
 *
 * @param envelope who sends it to whom
 * @param content the octets
 * @param receipt to be filled
 * @param held what must be freed afterwards
 */
record Mail(Envelope envelope, MailContent content, Receipt receipt, Runnable held)
        implements AutoCloseable {

    /** A mail whose octets the caller keeps until it has been sent. */
    static Mail ofCaller(Envelope envelope, MailContent content, Receipt receipt) {
        return new Mail(envelope, content, receipt, () -> {});
    }

    /** A mail whose octets we hold. */
    static Mail held(Envelope envelope, Content content, Receipt receipt) {
        return new Mail(envelope, new HeldOctets(content), receipt, content::close);
    }

    @Override
    public void close() {
        held.run();
    }

    private record HeldOctets(Content content) implements MailContent {

        @Override
        public InputStream open() throws IOException {
            return content.open();
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(content.size());
        }
    }
}
