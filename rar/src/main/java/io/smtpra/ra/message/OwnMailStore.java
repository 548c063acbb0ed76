package io.smtpra.ra.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A store in the directory for temporary files, for a connection factory without a resource adapter. */
public final class OwnMailStore implements HeldMailStore {

    private static final long MEMORY_THRESHOLD = 64 << 10;
    private static final long MAX_MEMORY = 16 << 20;

    private Optional<ContentStore> store = Optional.empty();

    @Override
    public synchronized ContentStore heldMails() throws IOException {
        if (store.isEmpty()) {
            Path directory = Path.of(System.getProperty("java.io.tmpdir"), "smtp-ra-outbound");
            store = Optional.of(new ContentStore(
                    new StoreConfig(MEMORY_THRESHOLD, MAX_MEMORY, directory, Runnable::run)));
        }
        return store.get();
    }
}
