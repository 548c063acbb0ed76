package io.smtpra.ra;

import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.message.ChunkPool;
import io.smtpra.ra.message.StoreConfig;
import io.smtpra.ra.server.ServerEnvironment;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * Where contents are held, received ones and those that wait to be sent.
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

    /**
     * The server's own directory is closed to others; where there is none, the name tells the user's from another's.
     */
    private static Path temporary() {
        return ServerEnvironment.temporary().map(directory -> directory.resolve("smtp-ra")).orElseGet(() -> Path.of(
                System.getProperty("java.io.tmpdir"), "smtp-ra-" + System.getProperty("user.name")
                .replaceAll("\\W", "_")));
    }

    /** The memory, which all stores of an adapter share. */
    ChunkPool memory() {
        return new ChunkPool(maxMemory);
    }

    StoreConfig on(Executor spoolExecutor, ChunkPool memory) {
        return new StoreConfig(memoryThreshold, memory, spoolDirectory, spoolExecutor);
    }
}
