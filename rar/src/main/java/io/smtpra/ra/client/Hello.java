package io.smtpra.ra.client;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.Conversation;
import io.smtpra.ra.client.transfer.ServerExtensions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The first words: the greeting of the server (RFC 5321 section 3.1), and who we are (section 4.1.1.1). */
final class Hello {

    private Hello() {}

    /** The first word is the server's. */
    static void hearGreeting(Conversation conversation, Duration patience) throws SmtpException {
        Reply reply = conversation.hear(Phase.CONNECT, patience);
        if (!reply.isPositive()) {
            throw new SmtpException(Phase.CONNECT, conversation.peer() + " takes no mail", reply, List.of());
        }
        if (reply.code() != 220) {
            throw conversation.violated(Phase.CONNECT, "it greets with " + reply.code());
        }
    }

    /**
     * Names us, and learns what the server offers.
     *
     * @param ourName absent: the address of the connection, as a literal
     */
    static ServerExtensions say(Conversation conversation, Optional<String> ourName) throws SmtpException {
        String name = name(conversation, ourName);
        Reply reply = conversation.ask(Phase.HELLO, "EHLO " + name);
        if (reply.isPermanent()) {
            // RFC 5321 section 3.2: a server that does not know EHLO may know HELO, and then knows no extension.
            reply = conversation.ask(Phase.HELLO, "HELO " + name);
            return accepted(conversation, reply) ? ServerExtensions.NONE : refuse(conversation, reply);
        }
        return accepted(conversation, reply)
                ? ServerExtensions.parse(reply.lines().subList(1, reply.lines().size()))
                : refuse(conversation, reply);
    }

    private static boolean accepted(Conversation conversation, Reply reply) throws SmtpException {
        if (reply.isPositive() && reply.code() != 250) {
            throw conversation.violated(Phase.HELLO, "it answers hello with " + reply.code());
        }
        return reply.isPositive();
    }

    private static ServerExtensions refuse(Conversation conversation, Reply reply) throws SmtpException {
        throw new SmtpException(Phase.HELLO, conversation.peer() + " refused our name", reply, List.of());
    }

    private static String name(Conversation conversation, Optional<String> ourName) throws SmtpException {
        if (ourName.isPresent()) {
            return ourName.get();
        }
        try {
            return addressLiteral(conversation.localAddress());
        } catch (IOException e) {
            throw conversation.lost(Phase.HELLO, e);
        }
    }

    /** RFC 5321 section 4.1.3; a zone is of no meaning to the other side. */
    static String addressLiteral(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        return address.indexOf(':') < 0 ? "[" + plain + "]" : "[IPv6:" + plain + "]";
    }
}
