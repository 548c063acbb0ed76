package io.smtpra.ra.message;

import java.io.IOException;

/**
 * Holds contents: a short one in memory, a long one in a file, and all of them within the memory allowed. Safe for use
 * by several threads; each {@link ContentWriter} is used by one at a time.
 */
public final class ContentStore implements AutoCloseable {

    private final StoreConfig config;
    private final ChunkPool pool;
    private final SpoolDirectory directory;

    /**
     * Opens a store, and deletes what one that crashed has left in the same directory.
     *
     * @param config how to hold contents
     * @throws IOException if the directory cannot be used; the message names it
     */
    public ContentStore(StoreConfig config) throws IOException {
        this.config = config;
        pool = config.memory();
        try {
            directory = new SpoolDirectory(config.spoolDirectory(), config.spoolExecutor());
        } catch (IOException e) {
            throw new IOException("The spool directory " + config.spoolDirectory() + " cannot be used: " + e, e);
        }
    }

    /**
     * Begins a content.
     *
     * @param maxSize octets that it may have, together with what is written before it
     * @return takes the octets; it must be finished or aborted
     */
    public ContentWriter newContent(long maxSize) {
        return new ContentWriter(maxSize, config, pool, directory);
    }

    /**
     * The memory that contents take now, those of other stores among them that share it.
     *
     * @return octets
     */
    public long memoryInUse() {
        return (long) pool.used() * ChunkPool.CHUNK_SIZE;
    }

    /**
     * The contents that are in files now.
     *
     * @return how many
     */
    public long filesInUse() {
        return directory.files();
    }

    /** Ends the store. Contents that are still open stay valid until they are closed. */
    @Override
    public void close() {
        directory.close();
    }
}
