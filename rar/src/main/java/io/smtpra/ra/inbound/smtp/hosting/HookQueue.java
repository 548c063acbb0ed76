package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.hook.Hook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookResultHook;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;

/**
 * The hooks of one kind, asked one after the other until one has an answer; what each says passes the
 * {@link HookResultHook}s. This is what James' {@code AbstractHookableCmdHandler} does, for hooks that may take a
 * while, and without its diagnostic context, timer and debug lines for each command.
 */
public final class HookQueue<H extends Hook> {

    private static final CompletionStage<HookAnswer> DECLINED =
            CompletableFuture.completedFuture(HookAnswer.DECLINED);

    private final Class<H> kind;
    private final HookCalls calls;
    private List<H> hooks = List.of();
    private List<HookResultHook> resultHooks = List.of();

    public HookQueue(Class<H> kind, HookCalls calls) {
        this.kind = kind;
        this.calls = calls;
    }

    /** One question on its way through the hooks. */
    private static final class Asking<H> {

        private final SmtpSession session;
        private final Function<? super H, HookResult> question;
        private final BiFunction<H, SmtpReply, Response> onOk;
        private final Supplier<Response> core;
        private boolean accepted;
        private boolean closing;

        Asking(SmtpSession session, Function<? super H, HookResult> question,
                BiFunction<H, SmtpReply, Response> onOk, Supplier<Response> core) {
            this.session = session;
            this.question = question;
            this.onOk = onOk;
            this.core = core;
        }
    }

    /** Takes what the chain has of this kind. */
    @SuppressWarnings("unchecked")
    public void wire(Class<?> type, List<?> extensions) {
        if (type == kind) {
            hooks = List.copyOf((List<H>) extensions);
        } else if (type == HookResultHook.class) {
            resultHooks = List.copyOf((List<HookResultHook>) extensions);
        }
    }

    public List<H> hooks() {
        return hooks;
    }

    /**
     * Asks the hooks of a command.
     *
     * @param question calls a hook
     * @param core what the command does when no hook refuses it, or one says {@code OK}
     * @return a hook's refusal, or the answer of the core; perhaps later
     */
    public Response ask(SmtpSession session, Function<? super H, HookResult> question, Supplier<Response> core) {
        return hooks.isEmpty() ? core.get() : from(0, new Asking<>(session, question, null, core));
    }

    /**
     * Asks hooks among which {@code OK} is an answer like any other.
     *
     * @param onOk what is answered then, with the hook and what it says
     * @param core what is answered when all have declined
     */
    public Response askForAnswer(SmtpSession session, Function<? super H, HookResult> question,
            BiFunction<H, SmtpReply, Response> onOk, Supplier<Response> core) {
        return from(0, new Asking<>(session, question, onOk, core));
    }

    private Response from(int first, Asking<H> asking) {
        for (int i = first; i < hooks.size(); i++) {
            H hook = hooks.get(i);
            if (asking.accepted && !(hook instanceof LastWord)) {
                continue;
            }
            HookAnswer said;
            if (hook instanceof OwnHook || !isImmediate(hook)) {
                CompletionStage<HookAnswer> answer = later(hook, asking);
                if (!SmtpSession.isKnown(answer)) {
                    int next = i + 1;
                    return asking.session.whenDone(answer, late -> after(hook, late, next, asking));
                }
                said = ((CompletableFuture<HookAnswer>) answer).join();
            } else {
                said = now(hook, asking);
            }
            if (isAnswer(said, asking)) {
                return answer(hook, said, asking);
            }
        }
        Response response = asking.core.get();
        return asking.closing ? closing(response) : response;
    }

    private boolean isImmediate(H hook) {
        if (!calls.isImmediate(hook)) {
            return false;
        }
        for (HookResultHook resultHook : resultHooks) {
            if (!calls.isImmediate(resultHook)) {
                return false;
            }
        }
        return true;
    }

    private Response after(H hook, HookAnswer said, int next, Asking<H> asking) {
        return isAnswer(said, asking) ? answer(hook, said, asking) : from(next, asking);
    }

    private boolean isAnswer(HookAnswer said, Asking<H> asking) {
        if (said.reply().isEmpty()) {
            return false;
        }
        if (said.result().getResult().getAction() != Action.OK || asking.onOk != null) {
            return true;
        }
        asking.accepted = true;
        asking.closing |= said.result().getResult().isDisconnected();
        return false;
    }

    private Response answer(H hook, HookAnswer said, Asking<H> asking) {
        SmtpReply reply = said.reply().orElseThrow();
        return said.result().getResult().getAction() == Action.OK ? asking.onOk.apply(hook, reply) : reply;
    }

    private HookAnswer now(H hook, Asking<H> asking) {
        long begun = resultHooks.isEmpty() ? 0 : System.currentTimeMillis();
        HookResult result = calls.now(asking.session, hook, () -> asking.question.apply(hook));
        for (HookResultHook resultHook : resultHooks) {
            HookResult before = result;
            result = calls.now(asking.session, resultHook, () -> resultHook.onHookResult(
                    asking.session, before, System.currentTimeMillis() - begun, hook));
        }
        return HookAnswer.of(result);
    }

    private CompletionStage<HookAnswer> later(H hook, Asking<H> asking) {
        long begun = resultHooks.isEmpty() ? 0 : System.currentTimeMillis();
        CompletionStage<HookAnswer> answer;
        if (hook instanceof OwnHook deferred) {
            answer = answer(deferred.ask(asking.session));
        } else if (calls.isImmediate(hook)) {
            answer = CompletableFuture.completedFuture(
                    HookAnswer.of(calls.now(asking.session, hook, () -> asking.question.apply(hook))));
        } else {
            answer = calls.later(asking.session, hook, () -> asking.question.apply(hook)).thenApply(HookAnswer::of);
        }
        for (HookResultHook resultHook : resultHooks) {
            answer = answer.thenCompose(said -> changed(said, resultHook, hook, asking, begun));
        }
        return answer;
    }

    private static CompletionStage<HookAnswer> answer(CompletionStage<Optional<SmtpReply>> refusal) {
        boolean declined = SmtpSession.isKnown(refusal)
                && ((CompletableFuture<Optional<SmtpReply>>) refusal).join().isEmpty();
        return declined ? DECLINED : refusal.thenApply(HookAnswer::of);
    }

    private CompletionStage<HookAnswer> changed(
            HookAnswer said, HookResultHook resultHook, H hook, Asking<H> asking, long begun) {
        Supplier<HookResult> question = () -> resultHook.onHookResult(
                asking.session, said.result(), System.currentTimeMillis() - begun, hook);
        CompletionStage<HookResult> changed = calls.isImmediate(resultHook)
                ? CompletableFuture.completedFuture(calls.now(asking.session, resultHook, question))
                : calls.later(asking.session, resultHook, question);
        return changed.thenApply(result -> result.equals(said.result()) ? said : HookAnswer.of(result));
    }

    private static Response closing(Response response) {
        if (response instanceof DeferredResponse deferred) {
            return new DeferredResponse(deferred.reply().thenApply(HookQueue::closing));
        }
        return response instanceof SmtpReply reply ? reply.closing() : response;
    }
}
