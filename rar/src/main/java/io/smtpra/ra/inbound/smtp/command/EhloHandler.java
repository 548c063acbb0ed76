package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
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
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
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
    private final HookCalls calls;
    private final List<Offer> offers = new ArrayList<>();
    /** What was answered last in plain text, and in TLS: nearly always it is the same again. */
    private final AtomicReferenceArray<SmtpReply> answered = new AtomicReferenceArray<>(2);

    /** Somebody who may offer keywords. */
    private record Offer(Object whose, Function<SMTPSession, Collection<String>> keywords) {}

    public EhloHandler(ProtocolContext context, HookCalls calls) {
        super(HostedCommand.NO_METRICS);
        this.hooks = new HookQueue<>(HeloHook.class, calls);
        this.context = context;
        this.calls = calls;
    }

    @Override
    public void wireExtensions(Class<?> type, List<?> found) {
        hooks.wire(type, found);
        if (type == EhloExtension.class) {
            found.stream().map(EhloExtension.class::cast)
                    .forEach(extension -> offers.add(new Offer(extension, extension::getImplementedEsmtpFeatures)));
        } else if (type == HeloHook.class) {
            found.stream().map(HeloHook.class::cast)
                    .forEach(hook -> offers.add(new Offer(hook, hook::implementedEsmtpFeatures)));
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
    protected Response doCoreCmd(SMTPSession hosted, String command, String name) {
        SmtpSession session = (SmtpSession) hosted;
        session.greeted(new Hello(name, true));
        List<String> lines = new ArrayList<>();
        lines.add(context.config().hostName());
        return offer(session, lines, offers.iterator());
    }

    /** Asks one after the other, within the bounds of hooks. */
    private Response offer(SmtpSession session, List<String> lines, Iterator<Offer> left) {
        while (left.hasNext()) {
            Offer offer = left.next();
            if (calls.isImmediate(offer.whose())) {
                add(lines, calls.askNow(session, offer.whose(), offer.keywords(), List.of()));
                continue;
            }
            Response later = session.whenDone(
                    calls.ask(session, offer.whose(), () -> offer.keywords().apply(session), List.<String>of()),
                    offered -> {
                        add(lines, offered);
                        return null;
                    });
            if (later instanceof DeferredResponse) {
                return SmtpSession.then(later, nothing -> offer(session, lines, left));
            }
        }
        return answer(session, lines);
    }

    private SmtpReply answer(SmtpSession session, List<String> lines) {
        int state = session.isTLSStarted() ? 1 : 0;
        SmtpReply last = answered.get(state);
        if (last != null && last.says(lines)) {
            return last;
        }
        SmtpReply reply = SmtpReply.plain(250, lines);
        answered.set(state, reply);
        return reply;
    }

    /** What is no keyword is left out, and so is one that is there already. */
    private static void add(List<String> lines, Collection<String> offered) {
        if (offered == null) {
            return;
        }
        for (String line : offered) {
            if (isKeyword(line) && !lines.contains(line)) {
                lines.add(line);
            }
        }
    }

    private static boolean isKeyword(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' || line.charAt(i) > '~') {
                return false;
            }
        }
        return !line.isBlank();
    }

    /** What belongs to the whole of the conversation. */
    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return context.config().isOn(Extension.PIPELINING) ? List.of("PIPELINING") : List.of();
    }
}
