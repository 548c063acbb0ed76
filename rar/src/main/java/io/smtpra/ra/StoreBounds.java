package io.smtpra.ra;

import io.smtpra.ra.message.StoreConfig;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * Where received contents are held.
 *
 * @param memoryThreshold octets of one content that stay in memory
 * @param maxMemory octets of all of them that stay in memory
 * @param spoolDirectory where files are made
 */
record StoreBounds(long memoryThreshold, long maxMemory, Path spoolDirectory) {

    StoreConfig on(Executor spoolExecutor) {
        return new StoreConfig(memoryThreshold, maxMemory, spoolDirectory, spoolExecutor);
    }
}
