package io.smtpra.ra;

import io.smtpra.ra.config.PropertyReader;
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

    private static final long MOST_MEMORY = 1L << 40;

    static StoreBounds read(PropertyReader reader) {
        return new StoreBounds(
                reader.size("memoryThreshold", 0, MOST_MEMORY),
                reader.size("maxMemory", StoreConfig.LEAST_MEMORY, MOST_MEMORY),
                reader.path("spoolDirectory", "the path of a directory").orElseGet(StoreBounds::temporary));
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"), "smtp-ra");
    }

    StoreConfig on(Executor spoolExecutor) {
        return new StoreConfig(memoryThreshold, maxMemory, spoolDirectory, spoolExecutor);
    }
}
