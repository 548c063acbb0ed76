package io.smtpra.ra.client.net;

import java.io.IOException;

/** What the peer said is not a reply of SMTP, or not one that may stand here. */
final class ReplyFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    ReplyFormatException(String message) {
        super(message);
    }
}
