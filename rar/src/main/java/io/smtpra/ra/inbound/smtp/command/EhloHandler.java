package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.argument.HelloName;
import io.smtpra.ra.inbound.smtp.hosting.HookCalls;
import io.smtpra.ra.inbound.smtp.hosting.HookQueue;
import io.smtpra.ra.inbound.smtp.hosting.HostedCommand;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SessionState.Hello;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HeloHook;

/** {@code EHLO} (RFC 5321 section 4.1.1.1): offers what the {@link EhloExtension}s of the chain offer in this state. */
public final class EhloHandler extends EhloCmdHandler {

    private final HookQueue<HeloHook> hooks;
    private final ProtocolContext context;
    private List<EhloExtension> extensions = List.of();

    public EhloHandler(ProtocolContext context, HookCalls calls) {
        super(HostedCommand.NO_METRICS);
        this.hooks = new HookQueue<>(HeloHook.class, calls);
        this.context = context;
    }

    @Override
    public void wireExtensions(Class<?> type, List<?> found) {
        hooks.wire(type, found);
        if (type == EhloExtension.class) {
            extensions = found.stream().map(EhloExtension.class::cast).toList();
        }
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
        ((SmtpSession) session).proposes(new Hello(name, true));
        return null;
    }

    @Override
    protected Response doCoreCmd(SMTPSession session, String command, String name) {
        ((SmtpSession) session).greeted(new Hello(name, true));
        List<String> lines = new ArrayList<>();
        lines.add(context.config().hostName());
        for (EhloExtension extension : extensions) {
            List<String> offered = extension.getImplementedEsmtpFeatures(session);
            if (offered != null) {
                offered.stream().filter(keyword -> !lines.contains(keyword)).forEach(lines::add);
            }
        }
        return SmtpReply.plain(250, lines);
    }

    /** What belongs to the whole of the conversation, and what HELO hooks add. */
    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        List<String> keywords = new ArrayList<>();
        if (context.config().isOn(Extension.PIPELINING)) {
            keywords.add("PIPELINING");
        }
        hooks.hooks().forEach(hook -> keywords.addAll(hook.implementedEsmtpFeatures(session)));
        return keywords;
    }
}
