package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.NonBlocking;
import io.smtpra.ra.inbound.smtp.reply.HookReply;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.log.SessionMessages;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;

/**
 * Calls hooks: our own, and those marked {@link NonBlocking}, where the caller stands; all others on the server's
 * threads. Whatever a hook throws, and a hook that takes too long, is {@code 451 4.3.0}; at AUTH, {@code 454 4.7.0}.
 */
public final class HookCalls {

    /** So many calls of all hooks together take a thread of the server; what is left of its pool is for deliveries. */
    private static final int PLACES = 16;
    private static final int LEAST_PLACES = 2;
    private static final HookResult FAILED = HookReply.refusal(SmtpReplies.LOCAL_ERROR);

    private final Map<Object, OutsideHook> blocking = new IdentityHashMap<>();
    private final List<ProtocolHandler> handlers;

    /** Knows which of the hooks that others have written may block. */
    public HookCalls(OutsideHooks outside) {
        handlers = outside.handlers();
        long slow = handlers.stream().filter(hook -> !(hook instanceof NonBlocking)).count();
        int places = Math.max(LEAST_PLACES, (int) (PLACES / Math.max(1, slow)));
        handlers.stream().filter(hook -> !(hook instanceof NonBlocking)).forEach(hook ->
                blocking.put(hook, new OutsideHook(
                        OutsideMember.name(hook), outside.threads(), outside.time(), places)));
    }

    /** Whether somebody else has written it. */
    boolean isOutside(Object handler) {
        return handlers.stream().anyMatch(other -> other == handler);
    }

    /** Whether the hook is called where the caller stands. */
    public boolean isImmediate(Object hook) {
        return !blocking.containsKey(hook);
    }

    /** Calls a hook that is immediate. */
    HookResult now(SmtpSession session, Object hook, Supplier<HookResult> question) {
        try {
            return orDeclined(question.get());
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            SessionMessages.LOG.hookFailedWith451(session.getSessionID(), hook.getClass().getName(), e);
            return FAILED;
        }
    }

    /** Calls a hook that may block. */
    CompletionStage<HookResult> later(SmtpSession session, Object hook, Supplier<HookResult> question) {
        return blocking.get(hook).ask(session.getSessionID(), () -> orDeclined(question.get()), FAILED);
    }

    /**
     * Calls something that is no hook in James' sense, in the way that suits who has written it.
     *
     * @param failed what stands for the answer of one that fails or takes too long
     */
    public <T> CompletionStage<T> ask(SmtpSession session, Object handler, Supplier<T> question, T failed) {
        return ask(session.getSessionID(), handler, question, failed);
    }

    private <T> CompletionStage<T> ask(String whom, Object handler, Supplier<T> question, T failed) {
        OutsideHook outside = blocking.get(handler);
        if (outside != null) {
            return outside.ask(whom, question, failed);
        }
        return CompletableFuture.completedFuture(askNow(whom, handler, asked -> asked.get(), question, failed));
    }

    /** Calls something that is no hook in James' sense, and is immediate. */
    public <T> T askNow(SmtpSession session, Object handler, Function<? super SmtpSession, T> question, T failed) {
        return askNow(session.getSessionID(), handler, question, session, failed);
    }

    private static <A, T> T askNow(
            String whom, Object handler, Function<? super A, T> question, A argument, T failed) {
        try {
            return question.apply(argument);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            SessionMessages.LOG.hookFailed(whom, OutsideMember.name(handler), e);
            return failed;
        }
    }

    /**
     * Tells something to a hook.
     *
     * @param whom for the log: whose matter it is
     * @return complete when the hook has heard it, or failed, or was given up
     */
    public CompletionStage<Boolean> tell(String whom, Object hook, Runnable message) {
        return ask(whom, hook, () -> {
            message.run();
            return true;
        }, false);
    }

    /** Asks a hook that can only refuse. */
    public CompletionStage<Optional<SmtpReply>> refusal(
            SmtpSession session, Object hook, Supplier<HookResult> question) {
        return ask(session, hook, question, FAILED).thenApply(HookCalls::refusal);
    }

    private static Optional<SmtpReply> refusal(HookResult result) {
        HookResult said = orDeclined(result);
        return said.getResult().getAction() == Action.OK ? Optional.empty() : HookReply.of(said);
    }

    static HookResult orDeclined(HookResult result) {
        return result == null || result.getResult() == null ? HookResult.DECLINED : result;
    }
}
