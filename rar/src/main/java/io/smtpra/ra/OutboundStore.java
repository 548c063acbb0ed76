package io.smtpra.ra;

import io.smtpra.ra.message.ContentStore;
import java.io.IOException;
import java.util.Optional;

/**
 * The content store of outbound mails that wait for the transaction in which they are sent. It is apart from that of received mail, so that
 * neither direction takes the other's memory, and is opened when it is first needed.
 */
final class OutboundStore implements AutoCloseable {

    private final StoreBounds bounds;
    private Optional<ContentStore> store = Optional.empty();
    private boolean closed;

    OutboundStore(StoreBounds bounds) {
        this.bounds = bounds;
    }

    /** The store; whoever sends waits for the disk itself. */
    synchronized ContentStore store() throws IOException {
        if (closed) {
            throw new IOException("The resource adapter is stopped");
        }
        if (store.isEmpty()) {
            store = Optional.of(new ContentStore(bounds.on(Runnable::run)));
        }
        return store.get();
    }

    @Override
    public synchronized void close() {
        closed = true;
        store.ifPresent(ContentStore::close);
    }
}
