package io.smtpra.queue.store;

import java.io.IOException;

/** A content is longer than the queue takes. */
public final class ContentTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    ContentTooLargeException(long maxOctets) {
        super("The content is longer than " + maxOctets + " octets, smtpra.queue.max.mail.size");
    }
}
