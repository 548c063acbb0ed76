package io.smtpra.ra.inbound;

import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.TransactionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.Xid;

/** Threads without a server. */
final class FakeWorkManager implements WorkManager, AutoCloseable {

    final AtomicInteger scheduled = new AtomicInteger();
    volatile boolean rejects;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FakeTransactions transactions;

    FakeWorkManager(FakeTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void scheduleWork(Work work, long startTimeout, ExecutionContext context, WorkListener listener)
            throws WorkRejectedException {
        scheduled.incrementAndGet();
        if (rejects) {
            WorkRejectedException rejection = new WorkRejectedException("Queue is full");
            // A server may tell it twice.
            listener.workRejected(new WorkEvent(this, WorkEvent.WORK_REJECTED, work, rejection));
            throw rejection;
        }
        threads.execute(() -> run(work, listener));
    }

    private void run(Work work, WorkListener listener) {
        Optional<Xid> xid = ((WorkContextProvider) work).getWorkContexts().stream()
                .filter(TransactionContext.class::isInstance)
                .map(context -> ((TransactionContext) context).getXid())
                .findFirst();
        xid.ifPresent(transactions::enter);
        work.run();
        xid.ifPresent(id -> transactions.leave());
        listener.workCompleted(new WorkEvent(this, WorkEvent.WORK_COMPLETED, work, null));
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
