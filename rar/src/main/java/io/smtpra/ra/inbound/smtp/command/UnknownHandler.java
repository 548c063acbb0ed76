package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.argument.CommandLine;
import io.smtpra.ra.inbound.smtp.hosting.HookCalls;
import io.smtpra.ra.inbound.smtp.hosting.HookQueue;
import io.smtpra.ra.inbound.smtp.hosting.HostedCommand;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.UnknownCmdHandler;
import org.apache.james.protocols.smtp.hook.UnknownHook;

/** What is no command that anybody here knows. Hooks are told its first word, as the client wrote it. */
public final class UnknownHandler extends UnknownCmdHandler {

    private final HookQueue<UnknownHook> hooks;

    public UnknownHandler(HookCalls calls) {
        super(HostedCommand.NO_METRICS);
        hooks = new HookQueue<>(UnknownHook.class, calls);
    }

    @Override
    public void wireExtensions(Class<?> type, List<?> found) {
        hooks.wire(type, found);
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        String word = ((CommandLine) request).word();
        session.setAttachment(CURR_COMMAND, word, State.Transaction);
        return hooks.ask((SmtpSession) session,
                hook -> hook.doUnknown(session, word), () -> doCoreCmd(session, word, request.getArgument()));
    }

    @Override
    protected Response doCoreCmd(SMTPSession session, String command, String argument) {
        return SmtpReplies.UNKNOWN_COMMAND;
    }
}
