package io.smtpra.ra.inbound.work;

import jakarta.resource.NotSupportedException;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.SecurityContext;
import jakarta.resource.spi.work.TransactionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.transaction.xa.Xid;

/**
 * Work for the server's threads: a task, and what to do when it has ended or was not taken. A server may tell
 * the end of work more than once; whoever waits for it here is told once.
 */
public final class ServerWork implements Work, WorkContextProvider, WorkListener {

    private final Runnable task;
    private final Consumer<Optional<Exception>> onEnd;
    private final Consumer<Exception> onReject;
    private final List<WorkContext> contexts;
    private final boolean question;
    private final AtomicBoolean over = new AtomicBoolean();

    private ServerWork(
            Runnable task,
            Consumer<Optional<Exception>> onEnd,
            Consumer<Exception> onReject,
            List<WorkContext> contexts,
            boolean question) {
        this.task = task;
        this.onEnd = onEnd;
        this.onReject = onReject;
        this.contexts = contexts;
        this.question = question;
    }

    /**
     * Plain work.
     *
     * @param task what to do; never throws
     * @param onReject called if the server does not take the work
     */
    public static ServerWork of(String name, Runnable task, Consumer<Exception> onReject) {
        return new ServerWork(task, failure -> failure.ifPresent(onReject), onReject, List.of(hints(name)), false);
    }

    /**
     * Work as a user.
     *
     * @param user tells the server who; absent: nobody in particular
     * @param task what to do as that user; never throws
     * @param onEnd what to do when it has ended or was not taken, with what the server failed with
     */
    public static ServerWork as(
            String name,
            Optional<? extends SecurityContext> user,
            Runnable task,
            Consumer<Optional<Exception>> onEnd) {
        return new ServerWork(task, onEnd, failure -> onEnd.accept(Optional.of(failure)), contexts(hints(name), user),
                false);
    }

    /**
     * Work that may block for long: not on the threads that deliveries need.
     *
     * @param task what to do; never throws
     * @param onReject called if the server does not take the work
     */
    public static ServerWork patient(String name, Runnable task, Consumer<Exception> onReject) {
        return question(name, Optional.empty(), task, failure -> failure.ifPresent(onReject));
    }

    /**
     * A question to somebody who may block: not on the threads that deliveries need.
     *
     * @param user as whom it is asked; absent: as nobody in particular
     * @param task what to do; never throws
     * @param onEnd what to do when it has ended or was not taken, with what the server failed with
     */
    static ServerWork question(
            String name, Optional<? extends SecurityContext> user, Runnable task, Consumer<Optional<Exception>> onEnd) {
        HintsContext hints = hints(name);
        hints.setHint(HintsContext.LONGRUNNING_HINT, true);
        return new ServerWork(task, onEnd, failure -> onEnd.accept(Optional.of(failure)), contexts(hints, user), true);
    }

    /** Whether it is a question. */
    boolean isQuestion() {
        return question;
    }

    /**
     * Work within an imported transaction.
     *
     * @param user as whom, if not as nobody
     * @param task what to do in the transaction; never throws
     * @param onEnd what to do when the thread has left the transaction, with what the server failed with
     * @param onReject called if the server does not take the work
     */
    public static ServerWork inTransaction(
            String name,
            Xid xid,
            Duration timeout,
            Optional<? extends SecurityContext> user,
            Runnable task,
            Consumer<Optional<Exception>> onEnd,
            Consumer<Exception> onReject) {
        TransactionContext transaction = new TransactionContext();
        transaction.setXid(xid);
        try {
            transaction.setTransactionTimeout(Math.max(1, (timeout.toMillis() + 999) / 1_000));
        } catch (NotSupportedException e) {
            throw new IllegalStateException(e);
        }
        List<WorkContext> contexts = new ArrayList<>(List.of(transaction, hints(name)));
        user.ifPresent(contexts::add);
        return new ServerWork(task, onEnd, onReject, List.copyOf(contexts), false);
    }

    private static List<WorkContext> contexts(HintsContext hints, Optional<? extends SecurityContext> user) {
        return user.<List<WorkContext>>map(known -> List.of(hints, known)).orElseGet(() -> List.of(hints));
    }

    private static HintsContext hints(String name) {
        HintsContext hints = new HintsContext();
        hints.setHint(HintsContext.NAME_HINT, name);
        return hints;
    }

    /** The server does not take the work. */
    void reject(Exception why) {
        if (over.compareAndSet(false, true)) {
            onReject.accept(why);
        }
    }

    @Override
    public void run() {
        task.run();
    }

    @Override
    public void release() {
        // A bean's call cannot be cut short: its transaction may be committing. It ends within its own bounds.
    }

    @Override
    public List<WorkContext> getWorkContexts() {
        return contexts;
    }

    @Override
    public void workAccepted(WorkEvent event) {
        // nothing to do yet
    }

    @Override
    public void workRejected(WorkEvent event) {
        reject(event.getException());
    }

    @Override
    public void workStarted(WorkEvent event) {
        // run follows
    }

    @Override
    public void workCompleted(WorkEvent event) {
        if (over.compareAndSet(false, true)) {
            onEnd.accept(Optional.ofNullable(event.getException()));
        }
    }
}
