package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.Hook;
import org.apache.james.protocols.smtp.hook.HookResult;

/**
 * The steps of a command with hooks, in James' order: the checks, the hooks, the core. James' own
 * {@code AbstractHookableCmdHandler.onCommand} takes them on one thread, and builds a diagnostic context and a timer
 * for each command.
 */
public final class HostedCommand {

    /** James' handlers want to count: nobody here looks at it, and their timers are passed over. */
    public static final MetricFactory NO_METRICS = null;

    private HostedCommand() {}

    /** A step that is given the command's name and argument. */
    public interface Step {
        Response take(SMTPSession session, String command, String argument);
    }

    /** How a hook is called. */
    public interface HookCall<H> {
        HookResult call(H hook, SMTPSession session, String argument);
    }

    public static <H extends Hook> Response run(SMTPSession session, Request request, HookQueue<H> hooks,
            Step checks, HookCall<H> call, Step core) {
        String command = request.getCommand();
        String argument = request.getArgument();
        Response refusal = checks.take(session, command, argument);
        return refusal != null ? refusal : hooks.ask((SmtpSession) session,
                hook -> call.call(hook, session, argument), () -> core.take(session, command, argument));
    }
}
