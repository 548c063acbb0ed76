package io.smtpra.queue.bean;

import io.smtpra.compose.MessageIdFinder;
import io.smtpra.event.MailLogKeys;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.slf4j.MDC;

/** Where a mail comes from that is put into the queue: its Message-ID, and the mail in whose delivery that is done. */
final class MailTrail {

    private final MessageIdFinder messageId = new MessageIdFinder();
    private final Optional<String> receivedMail = Optional.ofNullable(MDC.get(MailLogKeys.MAIL));

    /** A stream that leaves to another what it is given, and looks for the Message-ID in it. */
    OutputStream watched(OutputStream target) {
        return new FilterOutputStream(target) {
            @Override
            public void write(int octet) throws IOException {
                messageId.look(new byte[] {(byte) octet}, 0, 1);
                out.write(octet);
            }

            @Override
            public void write(byte[] octets, int from, int count) throws IOException {
                messageId.look(octets, from, from + count);
                out.write(octets, from, count);
            }
        };
    }

    /** At the end of a line of the log. */
    String text() {
        return messageId.found().map(id -> " message-id=" + id).orElse("")
                + receivedMail.map(id -> " mail=" + id).orElse("");
    }
}
