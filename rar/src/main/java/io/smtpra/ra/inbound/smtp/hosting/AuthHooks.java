package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.Peer;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.Authenticator;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import io.smtpra.ra.inbound.smtp.auth.ScramSecret;
import io.smtpra.ra.inbound.smtp.reply.HookReply;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import org.apache.james.core.Username;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookResultHook;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;

/**
 * The {@link AuthHook}s of others, asked about a user's password one after the other until one has an answer. What all
 * decline, and all that is no password, is for the server's security domain. A hook that fails or takes too long lets
 * nobody in, and nor does what a {@link HookResultHook} would make of it.
 */
public final class AuthHooks {

    private final HookCalls calls;
    private final Authenticator domain;
    private final boolean hasDomain;
    private List<AuthHook> hooks = List.of();
    private List<HookResultHook> resultHooks = List.of();

    /**
     * Hooks before a domain.
     *
     * @param domain the server's security domain; absent: there is none, and whom no hook knows is refused
     */
    public AuthHooks(HookCalls calls, Optional<Authenticator> domain) {
        this.calls = calls;
        this.domain = domain.orElseGet(Authenticator::none);
        this.hasDomain = domain.isPresent();
    }

    /** Takes what the chain has of these kinds. */
    @SuppressWarnings("unchecked")
    public void wire(Class<?> type, List<?> extensions) {
        if (type == AuthHook.class) {
            hooks = List.copyOf((List<AuthHook>) extensions);
        } else if (type == HookResultHook.class) {
            resultHooks = List.copyOf((List<HookResultHook>) extensions);
        }
    }

    /** Who says in this session whether a client is who it says. */
    public Authenticator of(SmtpSession session) {
        return hooks.isEmpty() ? domain : new Asking(session);
    }

    private final class Asking implements Authenticator {

        private final SmtpSession session;

        Asking(SmtpSession session) {
            this.session = session;
        }

        @Override
        public CompletionStage<AuthOutcome> authenticate(ClientCredentials credentials, Peer peer) {
            if (!(credentials instanceof ClientCredentials.Password password)) {
                return domain.authenticate(credentials, peer);
            }
            if (password.authorizationId().filter(id -> !id.equals(password.user())).isPresent()) {
                // To act as another user: doAuth is not told about it, so its answer says nothing about it.
                return CompletableFuture.completedFuture(new AuthOutcome.Refused());
            }
            return name(password.user()).map(name -> from(0, name, password, peer))
                    .orElseGet(() -> domain.authenticate(credentials, peer));
        }

        @Override
        public CompletionStage<Optional<ScramSecret>> secret(String user) {
            return domain.secret(user);
        }

        private CompletionStage<AuthOutcome> from(
                int first, Username name, ClientCredentials.Password password, Peer peer) {
            if (first == hooks.size()) {
                return domain.authenticate(password, peer);
            }
            CompletionStage<Optional<HookResult>> said = ask(hooks.get(first), name, password.password());
            return said.thenComposeAsync(result -> outcome(result, name)
                    .<CompletionStage<AuthOutcome>>map(CompletableFuture::completedFuture)
                    .orElseGet(() -> from(first + 1, name, password, peer)), where(said));
        }

        /** The next one is asked by the event loop too. */
        private Executor where(CompletionStage<?> said) {
            return said.toCompletableFuture().isDone() ? Runnable::run : session.transport().eventLoop();
        }

        /** What a hook says, as the others change it; absent if one of them fails. */
        private CompletionStage<Optional<HookResult>> ask(AuthHook hook, Username name, String password) {
            long begun = System.currentTimeMillis();
            CompletionStage<Optional<HookResult>> answer =
                    ask(hook, () -> hook.doAuth(session, name, password));
            for (HookResultHook resultHook : resultHooks) {
                answer = answer.thenCompose(said -> said.isEmpty()
                        ? CompletableFuture.completedFuture(said)
                        : ask(resultHook, () -> resultHook.onHookResult(
                                session, said.get(), System.currentTimeMillis() - begun, hook)));
            }
            return answer;
        }

        private CompletionStage<Optional<HookResult>> ask(Object hook, Supplier<HookResult> question) {
            return calls.ask(session, hook, () -> Optional.of(HookCalls.orDeclined(question.get())), Optional.empty());
        }
    }

    /**
     * The name as James writes it, in small letters: that is what a hook has said yes to. Absent if James can't write
     * it, or makes another of it, under which failures would not be counted.
     */
    private static Optional<Username> name(String user) {
        try {
            return Optional.of(Username.of(user))
                    .filter(name -> name.asString().equals(user.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What comes of an answer; absent where it is none. */
    private Optional<AuthOutcome> outcome(Optional<HookResult> said, Username name) {
        if (said.isEmpty()) {
            return Optional.of(new AuthOutcome.Unavailable());
        }
        HookResult result = said.get();
        Action action = result.getResult().getAction();
        boolean closing = result.getResult().isDisconnected();
        if (action == Action.OK) {
            return Optional.of(new AuthOutcome.Authenticated(name.asString(),
                    hasDomain ? Optional.of(new Subject()) : Optional.empty(), closing));
        }
        if (action == Action.DENYSOFT) {
            return Optional.of(new AuthOutcome.Unavailable(
                    Optional.of(HookReply.of(result, SmtpReplies.AUTH_UNAVAILABLE))));
        }
        return action == Action.DENY || closing
                ? Optional.of(new AuthOutcome.Refused(Optional.of(HookReply.of(result, SmtpReplies.BAD_CREDENTIALS))))
                : Optional.empty();
    }
}
