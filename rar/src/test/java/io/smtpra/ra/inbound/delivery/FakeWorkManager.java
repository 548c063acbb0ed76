package io.smtpra.ra.inbound.delivery;

import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.TransactionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkCompletedException;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.Xid;

/** Threads without a server. */
public final class FakeWorkManager implements WorkManager, AutoCloseable {

    final AtomicInteger scheduled = new AtomicInteger();
    /** What the works are called, by their hints. */
    final Set<Object> names = ConcurrentHashMap.newKeySet();
    public volatile boolean rejects;
    /** What happens before work is taken: a server may have no thread for now. */
    public volatile Scheduling scheduling = work -> { };
    /** Reports work as done that it has never run. */
    public volatile boolean skips;
    /** While it is there, work waits for it: the pool has no thread. */
    volatile CountDownLatch held = new CountDownLatch(0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FakeTransactions transactions;

    public FakeWorkManager(FakeTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void scheduleWork(Work work, long startTimeout, ExecutionContext context, WorkListener listener)
            throws WorkRejectedException {
        scheduled.incrementAndGet();
        try {
            scheduling.take(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ((WorkContextProvider) work).getWorkContexts().stream()
                .filter(HintsContext.class::isInstance)
                .map(hints -> ((HintsContext) hints).getHints().get(HintsContext.NAME_HINT))
                .forEach(names::add);
        if (rejects) {
            WorkRejectedException rejection = new WorkRejectedException("Queue is full");
            // A server may tell it twice.
            listener.workRejected(new WorkEvent(this, WorkEvent.WORK_REJECTED, work, rejection));
            throw rejection;
        }
        threads.execute(() -> run(work, listener));
    }

    private void run(Work work, WorkListener listener) {
        awaitThread();
        Optional<Xid> xid = ((WorkContextProvider) work).getWorkContexts().stream()
                .filter(TransactionContext.class::isInstance)
                .map(context -> ((TransactionContext) context).getXid())
                .findFirst();
        xid.ifPresent(transactions::enter);
        WorkException failure = null;
        try {
            if (!skips) {
                work.run();
            }
        } catch (RuntimeException e) {
            failure = new WorkCompletedException(e);
        }
        xid.ifPresent(id -> transactions.leave());
        listener.workCompleted(new WorkEvent(this, WorkEvent.WORK_COMPLETED, work, failure));
    }

    /** What a server does before it takes work. */
    public interface Scheduling {
        void take(Work work) throws InterruptedException;
    }

    private void awaitThread() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    @Override
    public void doWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void doWork(Work work, long startTimeout, ExecutionContext context, WorkListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long startWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long startWork(Work work, long startTimeout, ExecutionContext context, WorkListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void scheduleWork(Work work) {
        throw new UnsupportedOperationException();
    }
}
