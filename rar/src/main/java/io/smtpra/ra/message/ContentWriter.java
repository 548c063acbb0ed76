package io.smtpra.ra.message;

import io.smtpra.ra.message.StoreResult.Failed;
import io.smtpra.ra.message.StoreResult.Stored;
import io.smtpra.ra.message.StoreResult.TooLarge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes one content, octets in bulk. It never waits: files are written by the store's executor. Once something has gone
 * wrong it swallows what is still to come, and {@link #finish()} tells.
 */
public final class ContentWriter {

    /** Chunks that go into the file in one step: each step costs a change of threads. */
    private static final int CHUNKS_PER_STEP = 4;
    /** Chunks on their way into the file before the caller is asked to wait. */
    private static final int MAX_BACKLOG = 4;
    private static final CompletionStage<Void> GO_ON = CompletableFuture.completedFuture(null);

    private final long maxSize;
    private final StoreConfig config;
    private final ChunkPool pool;
    private final SpoolDirectory directory;
    private final AtomicInteger backlog = new AtomicInteger();

    private List<byte[]> held = new ArrayList<>(2);
    private int usedOfLast = ChunkPool.CHUNK_SIZE;
    private long size;
    private Optional<SpoolFile> file = Optional.empty();
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    private Optional<IOException> failure = Optional.empty();
    private boolean discarding;
    private boolean ended;

    ContentWriter(long maxSize, StoreConfig config, ChunkPool pool, SpoolDirectory directory) {
        this.maxSize = maxSize;
        this.config = config;
        this.pool = pool;
        this.directory = directory;
    }

    /**
     * Takes octets.
     *
     * @param octets all that remains in it is taken during the call
     * @return complete when more can be written; it never fails
     */
    public CompletionStage<Void> write(ByteBuffer octets) {
        requireRunning();
        size += octets.remaining();
        checkState();
        while (octets.hasRemaining() && !discarding) {
            if (usedOfLast == ChunkPool.CHUNK_SIZE) {
                addChunk();
            } else {
                fill(octets);
            }
        }
        octets.position(octets.limit());
        return backlog.get() > MAX_BACKLOG ? written.handle((done, error) -> null) : GO_ON;
    }

    /**
     * The last octet was written.
     *
     * @return what became of the content; it never fails
     */
    public CompletionStage<StoreResult> finish() {
        requireRunning();
        ended = true;
        checkState();
        if (!discarding && file.isPresent()) {
            return finishFile(file.get());
        }
        StoreResult result = failure.<StoreResult>map(Failed::new).orElseGet(
                () -> size > maxSize ? new TooLarge(size) : new Stored(new MemoryContent(held, size, pool)));
        return CompletableFuture.completedFuture(result);
    }

    /**
     * Why the content cannot be kept, as far as is known by now: files are written later.
     *
     * @return empty as long as nothing has gone wrong
     */
    public Optional<IOException> failure() {
        checkState();
        return failure;
    }

    /** Frees everything. Does nothing once the content is finished or aborted. */
    public void abort() {
        if (!ended) {
            ended = true;
            discard();
        }
    }

    /**
     * What has been written so far.
     *
     * @return octets, counted also when they are no longer kept
     */
    public long size() {
        return size;
    }

    private void requireRunning() {
        if (ended) {
            throw new IllegalStateException("The content is finished or aborted");
        }
    }

    private void checkState() {
        if (discarding) {
            return;
        }
        if (size > maxSize) {
            discard();
        } else if (written.isCompletedExceptionally()) {
            written.whenComplete((done, error) -> fail(ioException(error)));
        } else if (size > config.memoryThreshold() && file.isEmpty()) {
            moveIntoFile();
        }
    }

    private void fill(ByteBuffer octets) {
        int step = Math.min(octets.remaining(), ChunkPool.CHUNK_SIZE - usedOfLast);
        octets.get(held.get(held.size() - 1), usedOfLast, step);
        usedOfLast += step;
    }

    private void addChunk() {
        if (file.isPresent() && held.size() >= CHUNKS_PER_STEP) {
            handOver();
        }
        Optional<byte[]> chunk = file.isPresent() ? pool.takeForTransit() : pool.takeForHolding(held.size());
        if (chunk.isPresent()) {
            held.add(chunk.get());
            usedOfLast = 0;
        } else if (file.isEmpty()) {
            moveIntoFile();
        } else {
            fail(new IOException("The memory for contents is used up: " + pool.maxMemory() + " octets"));
        }
    }

    private void moveIntoFile() {
        file = Optional.of(new SpoolFile(directory));
        handOver();
    }

    /** Gives all that is held to the file. */
    private void handOver() {
        SpoolFile target = file.orElseThrow();
        List<byte[]> chunks = held;
        int usedOfLastChunk = usedOfLast;
        backlog.addAndGet(chunks.size());
        written = written.thenRunAsync(() -> io(() -> target.write(chunks, usedOfLastChunk)), config.spoolExecutor())
                .whenComplete((done, error) -> {
                    chunks.forEach(pool::giveBack);
                    backlog.addAndGet(-chunks.size());
                });
        held = new ArrayList<>(CHUNKS_PER_STEP);
        usedOfLast = ChunkPool.CHUNK_SIZE;
    }

    private CompletionStage<StoreResult> finishFile(SpoolFile target) {
        handOver();
        long length = size;
        return written.handle((done, error) -> {
            if (error == null) {
                return new Stored(new FileContent(target, length));
            }
            target.delete();
            return new Failed(ioException(error));
        });
    }

    private void fail(IOException cause) {
        failure = Optional.of(cause);
        discard();
    }

    private void discard() {
        if (discarding) {
            return;
        }
        discarding = true;
        held.forEach(pool::giveBack);
        held = List.of();
        // the second step deletes where the executor takes no more; deleting twice does no harm
        file.ifPresent(target -> written.whenCompleteAsync((done, error) -> target.delete(), config.spoolExecutor())
                .whenComplete((done, error) -> target.delete()));
    }

    private static IOException ioException(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof UncheckedIOException unchecked) {
            return unchecked.getCause();
        }
        return new IOException("The content cannot be written: " + cause, cause);
    }

    private static void io(FileAction action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface FileAction {
        void run() throws IOException;
    }
}
