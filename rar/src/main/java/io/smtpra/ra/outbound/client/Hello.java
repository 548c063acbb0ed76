package io.smtpra.ra.outbound.client;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import java.io.IOException;
import java.util.List;

/** Names us, and learns what the server offers (RFC 5321 section 4.1.1.1). */
final class Hello {

    private Hello() {}

    static ServerExtensions say(Dialogue dialogue) throws SmtpException {
        String name = name(dialogue);
        Reply reply = dialogue.ask(Phase.HELLO, "EHLO " + name);
        if (reply.isPermanent()) {
            // RFC 5321 section 3.2: a server that does not know EHLO may know HELO, and then knows no extension.
            reply = dialogue.ask(Phase.HELLO, "HELO " + name);
            return accepted(dialogue, reply) ? ServerExtensions.NONE : refuse(dialogue, reply);
        }
        return accepted(dialogue, reply)
                ? ServerExtensions.parse(reply.lines().subList(1, reply.lines().size()))
                : refuse(dialogue, reply);
    }

    private static boolean accepted(Dialogue dialogue, Reply reply) throws SmtpException {
        if (reply.isPositive() && reply.code() != 250) {
            throw dialogue.violated(Phase.HELLO, "it answers hello with " + reply.code());
        }
        return reply.isPositive();
    }

    private static ServerExtensions refuse(Dialogue dialogue, Reply reply) throws SmtpException {
        throw new SmtpException(Phase.HELLO, dialogue.peer() + " refused our name", reply, List.of());
    }

    private static String name(Dialogue dialogue) throws SmtpException {
        if (dialogue.config().heloName().isPresent()) {
            return dialogue.config().heloName().get();
        }
        try {
            return addressLiteral(dialogue.localAddress());
        } catch (IOException e) {
            throw dialogue.lost(Phase.HELLO, e);
        }
    }

    /** RFC 5321 section 4.1.3; a zone is of no meaning to the other side. */
    static String addressLiteral(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        return address.indexOf(':') < 0 ? "[" + plain + "]" : "[IPv6:" + plain + "]";
    }
}
