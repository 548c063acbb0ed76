package io.smtpra.ra.inbound.protocol;

import io.smtpra.Peer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One exchange, from the command to its outcome. While the client has to answer, it takes the client's lines. */
final class AuthAttempt implements LineHandler<SmtpSession> {

    private static final Logger LOG = LoggerFactory.getLogger(AuthAttempt.class);
    /** RFC 4954 section 4: CRLF is counted. */
    private static final int MAX_LINE = 12_288;
    private static final String CANCEL = "*";
    private static final String EMPTY = "=";

    private final ProtocolContext context;
    private final AuthenticationGuard guard;
    private final AnswerPolicy policy;
    private final SaslMechanism mechanism;
    private final SaslExchange exchange;
    private boolean takesLines;
    /** What a client still has to hear that has to say something first. */
    private Optional<Response> verdict = Optional.empty();

    AuthAttempt(ProtocolContext context, AuthenticationGuard guard, AnswerPolicy policy, SaslMechanism mechanism) {
        this.context = context;
        this.guard = guard;
        this.policy = policy;
        this.mechanism = mechanism;
        this.exchange = mechanism.newExchange();
    }

    /**
     * Begins.
     *
     * @param initial the initial response in base64, where there is one; {@code =} stands for an empty one
     */
    Response begin(SmtpSession session, Optional<String> initial) {
        if (initial.isEmpty()) {
            return next(session, exchange.begin(Optional.empty(), session));
        }
        Optional<byte[]> decoded = SaslText.decode(initial.get().equals(EMPTY) ? "" : initial.get());
        return decoded.isEmpty()
                ? end(session, Replies.BAD_BASE64)
                : next(session, exchange.begin(decoded, session));
    }

    @Override
    public Response onLine(SmtpSession session, byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        String response = text.endsWith("\r\n") ? text.substring(0, text.length() - 2) : text;
        return policy.settle(session, answer(session, response));
    }

    /** Gives the exchange up, because of a line that was none. */
    Response fail(SmtpSession session, SmtpReply reply) {
        return end(session, reply);
    }

    private Response answer(SmtpSession session, String response) {
        if (verdict.isPresent()) {
            leaveLines(session);
            return verdict.get();
        }
        if (response.length() + 2 > MAX_LINE) {
            return end(session, Replies.AUTH_TOO_LONG);
        }
        if (response.equals(CANCEL)) {
            return end(session, Replies.AUTH_CANCELLED);
        }
        Optional<byte[]> decoded = SaslText.decode(response);
        return decoded.isEmpty()
                ? end(session, Replies.BAD_BASE64)
                : next(session, exchange.answer(decoded.get(), session));
    }

    private Response next(SmtpSession session, SaslExchange.Step step) {
        if (step instanceof SaslExchange.Step.Challenge challenge) {
            takeLines(session);
            return SmtpReply.challenge(SaslText.encode(challenge.text()));
        }
        if (step instanceof SaslExchange.Step.Lookup lookup) {
            return lookUp(session, lookup);
        }
        leaveLines(session);
        if (step instanceof SaslExchange.Step.Refused refused) {
            return outcome(session, refused.credentials(), new AuthOutcome.Refused());
        }
        return step instanceof SaslExchange.Step.Complete complete
                ? check(session, complete.credentials())
                : Replies.AUTH_MALFORMED;
    }

    private Response lookUp(SmtpSession session, SaslExchange.Step.Lookup lookup) {
        if (guard.isShutOut(lookup.user())) {
            leaveLines(session);
            return shutOut(session, lookup.user());
        }
        return session.whenDone(context.ports().authenticator().secret(lookup.user().user()), found -> found.isPresent()
                ? next(session, lookup.then().apply(found.get()))
                : end(session, Replies.AUTH_UNAVAILABLE));
    }

    private Response check(SmtpSession session, Credentials credentials) {
        if (guard.isShutOut(credentials)) {
            return shutOut(session, credentials);
        }
        return session.whenDone(context.ports().authenticator().authenticate(credentials, session.peer()),
                outcome -> outcome(session, credentials, outcome));
    }

    private SmtpReply shutOut(SmtpSession session, Credentials credentials) {
        LOG.info("{}: authentication not tried, peer={} mechanism={} {}: too many failures", session.getSessionID(),
                ReceivedHeader.literal(session.peer().address()), mechanism.saslName(), name(credentials));
        return Replies.TOO_MANY_AUTH_FAILURES;
    }

    private Response outcome(SmtpSession session, Credentials credentials, AuthOutcome outcome) {
        Peer peer = session.peer();
        if (outcome instanceof AuthOutcome.Authenticated authenticated) {
            guard.succeeded(credentials);
            session.authenticated(authenticated);
            LOG.info("{}: authenticated peer={} mechanism={} user={}", session.getSessionID(),
                    ReceivedHeader.literal(peer.address()), mechanism.saslName(), LogText.safe(authenticated.user()));
            return Replies.AUTHENTICATED;
        }
        if (outcome instanceof AuthOutcome.Unavailable) {
            return Replies.AUTH_UNAVAILABLE;
        }
        return refused(session, credentials);
    }

    private Response refused(SmtpSession session, Credentials credentials) {
        Peer peer = session.peer();
        LOG.info("{}: authentication refused peer={} mechanism={} {}", session.getSessionID(),
                ReceivedHeader.literal(peer.address()), mechanism.saslName(), name(credentials));
        guard.failed(peer, credentials);
        Duration delay = session.budget().authenticationFailed();
        SmtpReply reply = session.budget().hasAuthenticationLeft() && !guard.isShutOut(peer)
                ? Replies.BAD_CREDENTIALS
                : Replies.TOO_MANY_AUTH_FAILURES;
        Response answer = session.later(delay, reply);
        Optional<String> before = exchange.refusal();
        if (before.isEmpty()) {
            return answer;
        }
        verdict = Optional.of(answer);
        takeLines(session);
        return SmtpReply.challenge(SaslText.encode(before.get()));
    }

    private static String name(Credentials credentials) {
        return credentials instanceof Credentials.Certificate
                ? "certificate"
                : "user=" + LogText.safe(credentials.claimedUser().orElse("none"));
    }

    private SmtpReply end(SmtpSession session, SmtpReply reply) {
        leaveLines(session);
        return reply;
    }

    private void takeLines(SmtpSession session) {
        if (!takesLines) {
            takesLines = true;
            session.began(this);
            session.pushLineHandler(this);
        }
    }

    private void leaveLines(SmtpSession session) {
        if (takesLines) {
            takesLines = false;
            session.endedAuthentication();
            session.popLineHandler();
        }
    }
}
