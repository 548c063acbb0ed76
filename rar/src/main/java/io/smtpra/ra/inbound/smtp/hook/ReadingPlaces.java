package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.smtp.hosting.HookThreads;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Has contents read on the server's threads, so many at a time; the others wait, in order. There are never more than
 * connections.
 */
final class ReadingPlaces {

    private final HookThreads threads;
    private final int places;
    private final Queue<Task<?>> waiting = new ArrayDeque<>();
    private int running;

    /** What is read, and what came of it. */
    private record Task<T>(Callable<T> reading, CompletableFuture<T> result) {

        void run() {
            try {
                result.complete(reading.call());
            } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                result.completeExceptionally(e);
            }
        }
    }

    ReadingPlaces(HookThreads threads, int places) {
        this.threads = threads;
        this.places = places;
    }

    /** Has something read; never blocks. What it throws, and that there is no thread, is the failure of the result. */
    <T> CompletableFuture<T> read(Callable<T> reading) {
        Task<T> task = new Task<>(reading, new CompletableFuture<>());
        if (enter(task)) {
            run(task);
        }
        return task.result();
    }

    private synchronized boolean enter(Task<?> task) {
        if (running < places) {
            running++;
            return true;
        }
        waiting.add(task);
        return false;
    }

    private void run(Task<?> first) {
        threads.run(() -> {
            Optional<Task<?>> task = Optional.of(first);
            while (task.isPresent()) {
                task.get().run();
                task = next();
            }
        }, failure -> {
            first.result().completeExceptionally(failure);
            next().ifPresent(this::run);
        });
    }

    private synchronized Optional<Task<?>> next() {
        Optional<Task<?>> next = Optional.ofNullable(waiting.poll());
        if (next.isEmpty()) {
            running--;
        }
        return next;
    }
}
