package io.smtpra.ra.message;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * How contents are held.
 *
 * @param memoryThreshold octets of one content that stay in memory; a longer one goes into a file
 * @param memory for all contents together
 * @param spoolDirectory where the files are made; created if it is not there
 * @param spoolExecutor runs what writes to files; a direct executor writes in the caller's thread
 */
public record StoreConfig(long memoryThreshold, ChunkPool memory, Path spoolDirectory, Executor spoolExecutor) {

    /** The least memory with which anything can be stored. */
    public static final long LEAST_MEMORY = 8L * ChunkPool.CHUNK_SIZE;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public StoreConfig {
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(spoolDirectory, "spoolDirectory");
        Objects.requireNonNull(spoolExecutor, "spoolExecutor");
        if (memoryThreshold < 0) {
            throw new IllegalArgumentException("memoryThreshold is " + memoryThreshold + ", allowed: 0 or more");
        }
    }

    /**
     * A store with memory of its own.
     *
     * @throws IllegalArgumentException if a bound is out of range
     */
    public StoreConfig(long memoryThreshold, long maxMemory, Path spoolDirectory, Executor spoolExecutor) {
        this(memoryThreshold, new ChunkPool(maxMemory), spoolDirectory, spoolExecutor);
    }
}
