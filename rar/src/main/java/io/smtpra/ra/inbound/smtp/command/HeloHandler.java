package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.argument.HelloName;
import io.smtpra.ra.inbound.smtp.hosting.HookCalls;
import io.smtpra.ra.inbound.smtp.hosting.HookQueue;
import io.smtpra.ra.inbound.smtp.hosting.HostedCommand;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SessionState.Hello;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.HeloCmdHandler;
import org.apache.james.protocols.smtp.hook.HeloHook;

/** {@code HELO} (RFC 5321 section 4.1.1.1). */
public final class HeloHandler extends HeloCmdHandler {

    private final HookQueue<HeloHook> hooks;
    private final SmtpReply reply;

    public HeloHandler(ProtocolContext context, HookCalls calls) {
        super(HostedCommand.NO_METRICS);
        hooks = new HookQueue<>(HeloHook.class, calls);
        reply = SmtpReply.plain(250, List.of(context.config().hostName()));
    }

    @Override
    public void wireExtensions(Class<?> type, List<?> extensions) {
        hooks.wire(type, extensions);
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        return HostedCommand.run(session, request, hooks, this::doFilterChecks, this::callHook, this::doCoreCmd);
    }

    @Override
    protected Response doFilterChecks(SMTPSession session, String command, String name) {
        if (!HelloName.isName(name)) {
            return SmtpReplies.BAD_HELLO;
        }
        ((SmtpSession) session).proposes(new Hello(name, false));
        return null;
    }

    @Override
    protected Response doCoreCmd(SMTPSession session, String command, String name) {
        ((SmtpSession) session).greeted(new Hello(name, false));
        return reply;
    }
}
