package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.auth.AuthAttempt;
import io.smtpra.ra.inbound.smtp.auth.AuthenticationGuard;
import io.smtpra.ra.inbound.smtp.hosting.AuthHooks;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.AuthenticationRule;
import io.smtpra.ra.inbound.smtp.rules.SaslMechanism;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResultHook;

/** {@code AUTH} (RFC 4954): checks whether it is allowed now, and begins the exchange. */
public final class AuthHandler extends AuthCmdHandler {

    private final AuthHooks hooks;
    private final AuthenticationGuard guard;

    public AuthHandler(AuthHooks hooks, AuthenticationGuard guard) {
        this.hooks = hooks;
        this.guard = guard;
    }

    @Override
    public Response onCommand(SMTPSession hosted, Request request) {
        SmtpSession session = (SmtpSession) hosted;
        String argument = request.getArgument();
        int blank = argument.indexOf(' ');
        String name = blank < 0 ? argument : argument.substring(0, blank);
        Optional<String> initial =
                blank < 0 ? Optional.empty() : Optional.of(argument.substring(blank + 1).strip());
        Optional<SmtpReply> refusal = refusal(session, name);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<SaslMechanism> mechanism = SaslMechanism.named(name).filter(session.mechanisms()::contains);
        if (mechanism.isEmpty()) {
            return SmtpReplies.UNKNOWN_MECHANISM;
        }
        return new AuthAttempt(hooks.of(session), guard, mechanism.get()).begin(session, initial);
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(AuthHook.class, HookResultHook.class);
    }

    /** James insists on a hook; here the server's security domain may know the users. */
    @Override
    public void wireExtensions(Class<?> type, List<?> extensions) {
        hooks.wire(type, extensions);
    }

    /** One line: no client needs the one of before RFC 2554 any more. */
    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        SmtpSession ours = (SmtpSession) session;
        return ours.isAuthenticationOffered()
                ? List.of(ours.mechanisms().stream().map(SaslMechanism::saslName)
                        .collect(Collectors.joining(" ", "AUTH ", "")))
                : List.of();
    }

    private Optional<SmtpReply> refusal(SmtpSession session, String mechanism) {
        if (session.rules().authentication() == AuthenticationRule.NONE) {
            return Optional.of(SmtpReplies.NOT_IMPLEMENTED);
        }
        if (!session.transport().isTLSStarted()) {
            return Optional.of(SmtpReplies.AUTH_NEEDS_TLS);
        }
        if (!session.isExtended()) {
            return Optional.of(SmtpReplies.HELLO_FIRST);
        }
        if (session.user().isPresent()) {
            return Optional.of(SmtpReplies.AUTHENTICATED_ALREADY);
        }
        if (mechanism.isEmpty()) {
            return Optional.of(SmtpReplies.AUTH_SYNTAX);
        }
        return guard.isShutOut(session.peer()) ? Optional.of(SmtpReplies.TOO_MANY_AUTH_FAILURES) : Optional.empty();
    }
}
