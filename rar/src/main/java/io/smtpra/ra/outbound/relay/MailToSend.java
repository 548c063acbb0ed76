package io.smtpra.ra.outbound.relay;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.ra.message.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A mail that is ready to be sent. Whoever has it closes it.
 *
 * @param envelope who sends it to whom
 * @param content the octets
 * @param receipt to be filled
 * @param held what must be freed afterwards
 */
public record MailToSend(Envelope envelope, MailContent content, Receipt receipt,
        Runnable held) implements AutoCloseable {

    /** A mail whose octets the caller keeps until it has been sent. */
    public static MailToSend ofCaller(Envelope envelope, MailContent content, Receipt receipt) {
        return new MailToSend(envelope, content, receipt, () -> {});
    }

    /** A mail whose octets we hold. */
    public static MailToSend held(Envelope envelope, Content content, Receipt receipt) {
        return new MailToSend(envelope, new HeldOctets(content), receipt, content::close);
    }

    /** The same mail for somebody else; a header tells whom it was for. */
    public MailToSend redirectedTo(Mailbox other) {
        String recipients = envelope.recipients().stream().map(recipient -> recipient.mailbox().toString())
                .collect(Collectors.joining(",\r\n "));
        byte[] header = ("X-Envelope-To: " + recipients + "\r\n").getBytes(StandardCharsets.UTF_8);
        Envelope redirected = envelope.withRecipients(List.of(Recipient.of(other)));
        return new MailToSend(redirected, new Headed(header, content), receipt, held);
    }

    @Override
    public void close() {
        held.run();
    }

    /** A content with one header more. */
    private record Headed(byte[] header, MailContent content) implements MailContent {

        @Override
        public InputStream open() throws IOException {
            return new SequenceInputStream(new ByteArrayInputStream(header), content.open());
        }

        @Override
        public OptionalLong length() throws IOException {
            OptionalLong length = content.length();
            return length.isPresent() ? OptionalLong.of(length.getAsLong() + header.length) : length;
        }
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
