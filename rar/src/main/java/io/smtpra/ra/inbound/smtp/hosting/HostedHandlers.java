package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
import io.smtpra.ra.inbound.smtp.reply.HookReply;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Collection;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;

/** Handlers of others that are no hooks, as the listener and the dispatcher call them: within the bounds of hooks. */
public final class HostedHandlers {

    private final HookCalls calls;

    public HostedHandlers(HookCalls calls) {
        this.calls = calls;
    }

    /** The handler itself, or one that calls it; whatever is not from outside is itself. */
    @SuppressWarnings("unchecked")
    public Object hosted(Class<?> kind, Object handler) {
        if (!calls.isOutside(handler)) {
            return handler;
        }
        if (kind == ConnectHandler.class) {
            return new Connect(calls, (ConnectHandler<ProtocolSession>) handler);
        }
        if (kind == DisconnectHandler.class) {
            return new Disconnect(calls, (DisconnectHandler<ProtocolSession>) handler);
        }
        return kind == CommandHandler.class ? new Command(calls, (CommandHandler<ProtocolSession>) handler) : handler;
    }

    private static Response later(HookCalls calls, SmtpSession session, Object handler, Question question,
            Response failed) {
        return session.whenDone(calls.ask(session, handler, question::ask, failed),
                answer -> answer == null ? null : HookReply.adopted(answer));
    }

    private interface Question {
        Response ask();
    }

    private record Connect(HookCalls calls, ConnectHandler<ProtocolSession> handler)
            implements ConnectHandler<ProtocolSession> {

        @Override
        public Response onConnect(ProtocolSession session) {
            return later(calls, (SmtpSession) session, handler, () -> handler.onConnect(session),
                    SmtpReplies.NOT_NOW);
        }
    }

    private record Disconnect(HookCalls calls, DisconnectHandler<ProtocolSession> handler)
            implements DisconnectHandler<ProtocolSession> {

        @Override
        public void onDisconnect(ProtocolSession session) {
            calls.ask((SmtpSession) session, handler, () -> {
                handler.onDisconnect(session);
                return true;
            }, true);
        }
    }

    private record Command(HookCalls calls, CommandHandler<ProtocolSession> handler)
            implements CommandHandler<ProtocolSession> {

        /** A handler that may block and has nothing to say does not pass the command on: the answer is late. */
        @Override
        public Response onCommand(ProtocolSession session, Request request) {
            Response answer = later(calls, (SmtpSession) session, handler, () -> handler.onCommand(session, request),
                    SmtpReplies.LOCAL_ERROR);
            return answer instanceof DeferredResponse
                    ? SmtpSession.then(answer, late -> late == null ? SmtpReplies.UNKNOWN_COMMAND : late) : answer;
        }

        @Override
        public Collection<String> getImplCommands() {
            return handler.getImplCommands();
        }
    }
}
