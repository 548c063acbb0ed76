package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.hosting.HookCalls;
import io.smtpra.ra.inbound.smtp.hosting.HookQueue;
import io.smtpra.ra.inbound.smtp.hosting.HostedCommand;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.QuitCmdHandler;
import org.apache.james.protocols.smtp.hook.QuitHook;

/** {@code QUIT} (RFC 5321 section 4.1.1.10). */
public final class QuitHandler extends QuitCmdHandler {

    private final HookQueue<QuitHook> hooks;

    public QuitHandler(HookCalls calls) {
        super(HostedCommand.NO_METRICS);
        hooks = new HookQueue<>(QuitHook.class, calls);
    }

    @Override
    public void wireExtensions(Class<?> type, List<?> found) {
        hooks.wire(type, found);
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        return HostedCommand.run(session, request, hooks, this::doFilterChecks, this::callHook, this::doCoreCmd);
    }

    @Override
    protected Response doFilterChecks(SMTPSession session, String command, String argument) {
        return argument.isEmpty() ? null : SmtpReplies.NO_ARGUMENT;
    }

    @Override
    protected Response doCoreCmd(SMTPSession session, String command, String argument) {
        return SmtpReplies.BYE;
    }
}
