package io.smtpra.ra.outbound.client;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import java.util.List;

/** The first word is the server's (RFC 5321 section 3.1). */
final class Greeting {

    private Greeting() {}

    static void hear(Dialogue dialogue) throws SmtpException {
        Reply reply = dialogue.hear(Phase.CONNECT, dialogue.timeouts().greeting());
        if (!reply.isPositive()) {
            throw new SmtpException(Phase.CONNECT, dialogue.peer() + " takes no mail", reply, List.of());
        }
        if (reply.code() != 220) {
            throw dialogue.violated(Phase.CONNECT, "it greets with " + reply.code());
        }
    }
}
