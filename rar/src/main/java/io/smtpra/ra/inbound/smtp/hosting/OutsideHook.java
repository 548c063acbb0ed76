package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.ra.log.SessionMessages;
import io.smtpra.ra.telemetry.LogIds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One hook that somebody else has written, and that may block. It is asked on the server's threads: so many calls of it
 * at a time, the others wait, and each is given up after its time. A hook that hangs keeps its own places busy, and no
 * other's.
 */
final class OutsideHook {

    private static final int MAX_WAITING = 1_000;

    private final String name;
    private final HookThreads threads;
    private final Duration time;
    private final int places;
    private final Queue<Call<?>> waiting = new ArrayDeque<>();
    private int running;

    OutsideHook(String name, HookThreads threads, Duration time, int places) {
        this.name = name;
        this.threads = threads;
        this.time = time;
        this.places = places;
    }

    /** One call, and its thread while it runs. */
    private final class Call<T> {

        private final String session;
        private final Supplier<T> question;
        private final T failed;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final LogIds ids = LogIds.current();
        private Optional<Thread> thread = Optional.empty();

        Call(String session, Supplier<T> question, T failed) {
            this.session = session;
            this.question = question;
            this.failed = failed;
        }

        void ask() {
            if (!begin()) {
                return;
            }
            try {
                T said = ids.get(question);
                end();
                answer.complete(said);
            } catch (RuntimeException | Error e) {
                end();
                if (!answer.isDone()) {
                    SessionMessages.LOG.hookFailed(session, name, e);
                }
                answer.complete(failed);
            }
        }

        private synchronized boolean begin() {
            if (answer.isDone()) {
                return false;
            }
            thread = Optional.of(Thread.currentThread());
            return true;
        }

        private synchronized void end() {
            thread = Optional.empty();
            // an interrupt that came too late must not hit whoever has the thread next
            Thread.interrupted();
        }

        synchronized void giveUp(String why) {
            if (answer.complete(failed)) {
                SessionMessages.LOG.hookGivenUp(session, name, why);
                thread.ifPresent(Thread::interrupt);
            }
        }
    }

    /**
     * Asks; never blocks.
     *
     * @param session for the log
     * @param question calls the hook
     * @param failed the answer of a hook that fails, or takes too long
     */
    <T> CompletionStage<T> ask(String session, Supplier<T> question, T failed) {
        Call<T> call = new Call<>(session, question, failed);
        if (enter(call)) {
            run(call);
        }
        if (!call.answer.isDone()) {
            Runnable forget = threads.after(time,
                    () -> call.giveUp("has not answered within " + time.toMillis() + " ms (hookTimeout)"));
            call.answer.whenComplete((said, failure) -> forget.run());
        }
        return call.answer;
    }

    /** Whether a call may begin now; if not, it waits, or is given up. */
    private synchronized boolean enter(Call<?> call) {
        if (running < places) {
            running++;
            return true;
        }
        if (waiting.size() < MAX_WAITING) {
            waiting.add(call);
        } else {
            call.giveUp("has too many calls waiting");
        }
        return false;
    }

    private void run(Call<?> first) {
        threads.run(() -> askFrom(first), failure -> {
            first.giveUp("got no thread of the server");
            next().ifPresent(this::run);
        });
    }

    private void askFrom(Call<?> first) {
        Optional<Call<?>> call = Optional.of(first);
        while (call.isPresent()) {
            call.get().ask();
            call = next();
        }
    }

    private synchronized Optional<Call<?>> next() {
        Optional<Call<?>> next = Optional.ofNullable(waiting.poll());
        if (next.isEmpty()) {
            running--;
        }
        return next;
    }
}
