package io.smtpra.ra;

import io.smtpra.ra.message.ChunkPool;
import io.smtpra.ra.message.ContentStore;
import java.io.IOException;
import java.util.Optional;

/**
 * The content store of outbound mails that wait for the transaction in which they are sent. It shares its memory with
 * that of received mail, and is opened when it is first needed.
 */
final class OutboundStore implements AutoCloseable {

    private final StoreBounds bounds;
    private final ChunkPool memory;
    private Optional<ContentStore> store = Optional.empty();
    private boolean closed;

    OutboundStore(StoreBounds bounds, ChunkPool memory) {
        this.memory = memory;
        this.bounds = bounds;
    }

    /** The store; whoever sends waits for the disk itself. */
    synchronized ContentStore store() throws IOException {
        if (closed) {
            throw new IOException("The resource adapter is stopped");
        }
        if (store.isEmpty()) {
            store = Optional.of(new ContentStore(bounds.on(Runnable::run, memory)));
        }
        return store.get();
    }

    @Override
    public synchronized void close() {
        closed = true;
        store.ifPresent(ContentStore::close);
    }
}
