package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.Peer;
import io.smtpra.event.AuthenticationFailed.Cause;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.SaslMechanism;
import io.smtpra.ra.inbound.smtp.session.AddressLiteral;
import io.smtpra.ra.inbound.smtp.session.LogText;
import io.smtpra.ra.inbound.smtp.session.SessionEvents;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.log.SessionMessages;
import io.smtpra.ra.sasl.SaslText;
import io.smtpra.ra.telemetry.Statistic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;

/** One exchange, from the command to its outcome. While the client has to answer, it takes the client's lines. */
public final class AuthAttempt implements LineHandler<SmtpSession> {

    /** RFC 4954 section 4: CRLF is counted. */
    private static final int MAX_LINE = 12_288;
    private static final String CANCEL = "*";
    private static final String EMPTY = "=";

    private final Authenticator authenticator;
    private final AuthenticationGuard guard;
    private final SaslMechanism mechanism;
    private final SaslExchange exchange;
    private boolean takesLines;
    /** What a client still has to hear that has to say something first. */
    private Optional<Response> verdict = Optional.empty();

    public AuthAttempt(
            Authenticator authenticator, AuthenticationGuard guard, SaslMechanism mechanism) {
        this.authenticator = authenticator;
        this.guard = guard;
        this.mechanism = mechanism;
        this.exchange = newExchange(mechanism);
    }

    /**
     * Begins.
     *
     * @param initial the initial response in base64, where there is one; {@code =} stands for an empty one
     */
    public Response begin(SmtpSession session, Optional<String> initial) {
        if (initial.isEmpty()) {
            return next(session, exchange.begin(Optional.empty(), session));
        }
        Optional<byte[]> decoded = SaslText.decode(initial.get().equals(EMPTY) ? "" : initial.get());
        return decoded.isEmpty()
                ? end(session, SmtpReplies.BAD_BASE64)
                : next(session, exchange.begin(decoded, session));
    }

    @Override
    public Response onLine(SmtpSession session, byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        String response = text.endsWith("\r\n") ? text.substring(0, text.length() - 2) : text;
        return answer(session, response);
    }

    private Response answer(SmtpSession session, String response) {
        if (verdict.isPresent()) {
            leaveLines(session);
            return verdict.get();
        }
        if (response.length() + 2 > MAX_LINE) {
            return end(session, SmtpReplies.AUTH_TOO_LONG);
        }
        if (response.equals(CANCEL)) {
            return end(session, SmtpReplies.AUTH_CANCELLED);
        }
        Optional<byte[]> decoded = SaslText.decode(response);
        return decoded.isEmpty()
                ? end(session, SmtpReplies.BAD_BASE64)
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
                : SmtpReplies.AUTH_MALFORMED;
    }

    private Response lookUp(SmtpSession session, SaslExchange.Step.Lookup lookup) {
        if (guard.isShutOut(session.peer(), lookup.user())) {
            leaveLines(session);
            return shutOut(session, lookup.user());
        }
        return session.whenDone(authenticator.secret(lookup.user().user()), found -> {
            if (found.isPresent()) {
                return next(session, lookup.then().apply(found.get()));
            }
            count(session, Statistic.AUTH_UNAVAILABLE);
            tellFailure(session, lookup.user(), Cause.UNAVAILABLE);
            return end(session, SmtpReplies.AUTH_UNAVAILABLE);
        });
    }

    private Response check(SmtpSession session, ClientCredentials credentials) {
        if (guard.isShutOut(session.peer(), credentials)) {
            return shutOut(session, credentials);
        }
        return session.whenDone(authenticator.authenticate(credentials, session.peer()),
                outcome -> outcome(session, credentials, outcome));
    }

    private SmtpReply shutOut(SmtpSession session, ClientCredentials credentials) {
        count(session, Statistic.AUTH_SHUT_OUT);
        tellFailure(session, credentials, Cause.SHUT_OUT);
        SessionMessages.LOG.authenticationNotTried(session.getSessionID(), AddressLiteral.of(session.peer().address()),
                mechanism.saslName(), name(credentials));
        return SmtpReplies.TOO_MANY_AUTH_FAILURES;
    }

    private Response outcome(SmtpSession session, ClientCredentials credentials, AuthOutcome outcome) {
        Peer peer = session.peer();
        if (outcome instanceof AuthOutcome.Authenticated authenticated) {
            count(session, Statistic.AUTH_SUCCEEDED);
            guard.succeeded(peer, credentials);
            session.authenticated(authenticated.user(), authenticated.subject());
            SessionEvents.authenticated(session, authenticated.user(), mechanism.saslName());
            SessionMessages.LOG.authenticated(session.getSessionID(), AddressLiteral.of(peer.address()),
                    mechanism.saslName(), LogText.safe(authenticated.user()));
            return authenticated.closing() ? SmtpReplies.AUTHENTICATED.closing() : SmtpReplies.AUTHENTICATED;
        }
        if (outcome instanceof AuthOutcome.Unavailable unavailable) {
            count(session, Statistic.AUTH_UNAVAILABLE);
            tellFailure(session, credentials, Cause.UNAVAILABLE);
            SessionMessages.LOG.authenticationNotPossible(session.getSessionID(), AddressLiteral.of(peer.address()),
                    mechanism.saslName(), name(credentials));
            return unavailable.reply().orElse(SmtpReplies.AUTH_UNAVAILABLE);
        }
        return refused(session, credentials, ((AuthOutcome.Refused) outcome).reply());
    }

    private Response refused(SmtpSession session, ClientCredentials credentials, Optional<SmtpReply> said) {
        count(session, Statistic.AUTH_REFUSED);
        tellFailure(session, credentials, Cause.WRONG_CREDENTIALS);
        Peer peer = session.peer();
        SessionMessages.LOG.authenticationRefused(session.getSessionID(), AddressLiteral.of(peer.address()),
                mechanism.saslName(), name(credentials));
        guard.failed(peer, credentials);
        Duration delay = session.budget().authenticationFailed();
        SmtpReply reply = session.budget().hasAuthenticationLeft() && !guard.isShutOut(peer)
                ? said.orElse(SmtpReplies.BAD_CREDENTIALS)
                : SmtpReplies.TOO_MANY_AUTH_FAILURES;
        Response answer = session.later(delay, reply);
        Optional<String> before = exchange.refusal();
        if (before.isEmpty()) {
            return answer;
        }
        verdict = Optional.of(answer);
        takeLines(session);
        return SmtpReply.challenge(SaslText.encode(before.get()));
    }

    private static void count(SmtpSession session, Statistic statistic) {
        session.transport().telemetry().count(statistic);
    }

    private void tellFailure(SmtpSession session, ClientCredentials credentials, Cause cause) {
        SessionEvents.notAuthenticated(session, credentials.claimedUser(), mechanism.saslName(), cause);
    }

    private static SaslExchange newExchange(SaslMechanism mechanism) {
        return switch (mechanism) {
            case PLAIN -> new PlainExchange();
            case LOGIN -> new LoginExchange();
            case EXTERNAL -> new ExternalExchange();
            case SCRAM_SHA_256 -> new ScramExchange();
            case OAUTHBEARER -> new BearerExchange();
            case XOAUTH2 -> new XOAuth2Exchange();
        };
    }

    private static String name(ClientCredentials credentials) {
        return credentials instanceof ClientCredentials.Certificate
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
            session.began((tooLong, fault) -> end(session, tooLong ? SmtpReplies.AUTH_TOO_LONG : fault));
            session.pushLineHandler(this);
        }
    }

    private void leaveLines(SmtpSession session) {
        if (takesLines) {
            takesLines = false;
            session.endedDialogue();
            session.popLineHandler();
        }
    }
}
