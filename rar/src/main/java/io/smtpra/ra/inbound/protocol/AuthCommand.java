package io.smtpra.ra.inbound.protocol;

import java.util.Optional;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code AUTH} (RFC 4954): checks whether it is allowed now, and begins the exchange. */
final class AuthCommand implements VerbHandler {

    private final ProtocolContext context;
    private final AuthenticationGuard guard;
    private final AnswerPolicy policy;

    AuthCommand(ProtocolContext context) {
        this.context = context;
        this.guard = new AuthenticationGuard(context.ports().clock());
        this.policy = new AnswerPolicy(context);
    }

    @Override
    public Verb verb() {
        return Verb.AUTH;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        String argument = request.getArgument();
        int blank = argument.indexOf(' ');
        String name = blank < 0 ? argument : argument.substring(0, blank);
        Optional<String> initial =
                blank < 0 ? Optional.empty() : Optional.of(argument.substring(blank + 1).strip());
        Optional<SmtpReply> refusal = refusal(session, name);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<SaslMechanism> mechanism = SaslMechanism.named(name).filter(context.mechanisms(session)::contains);
        if (mechanism.isEmpty()) {
            return Replies.UNKNOWN_MECHANISM;
        }
        return new AuthAttempt(context, guard, policy, mechanism.get()).begin(session, initial);
    }

    private Optional<SmtpReply> refusal(SmtpSession session, String mechanism) {
        if (session.rules().authentication() == AuthenticationRule.NONE) {
            return Optional.of(Replies.NOT_IMPLEMENTED);
        }
        if (!session.transport().isTLSStarted()) {
            return Optional.of(Replies.AUTH_NEEDS_TLS);
        }
        if (!session.isExtended()) {
            return Optional.of(Replies.HELLO_FIRST);
        }
        if (session.user().isPresent()) {
            return Optional.of(Replies.AUTHENTICATED_ALREADY);
        }
        if (mechanism.isEmpty()) {
            return Optional.of(Replies.AUTH_SYNTAX);
        }
        return guard.isShutOut(session.peer()) ? Optional.of(Replies.TOO_MANY_AUTH_FAILURES) : Optional.empty();
    }
}
