package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.argument.HelloName;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SessionState.Hello;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code EHLO} and {@code HELO} (RFC 5321 section 4.1.1.1). */
public final class HelloCommand implements VerbHandler {

    private final Verb verb;
    private final ProtocolContext context;

    private HelloCommand(Verb verb, ProtocolContext context) {
        this.verb = verb;
        this.context = context;
    }

    public static VerbHandler extended(ProtocolContext context) {
        return new HelloCommand(Verb.EHLO, context);
    }

    public static VerbHandler plain(ProtocolContext context) {
        return new HelloCommand(Verb.HELO, context);
    }

    @Override
    public Verb verb() {
        return verb;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        String name = request.getArgument();
        if (!HelloName.isName(name)) {
            return SmtpReplies.BAD_HELLO;
        }
        boolean extended = verb == Verb.EHLO;
        session.greeted(new Hello(name, extended));
        List<String> host = List.of(context.config().hostName());
        return SmtpReply.plain(250, extended
                ? Stream.concat(host.stream(), Keywords.of(context, session).stream()).toList()
                : host);
    }
}
