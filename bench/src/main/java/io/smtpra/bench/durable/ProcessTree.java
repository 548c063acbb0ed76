package io.smtpra.bench.durable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A server of many processes. The time of those that have ended is their parent's, who has waited for them. */
final class ProcessTree {

    /** Fields of {@code /proc/PID/stat} after the name: user and system time, own and of children who have ended. */
    private static final List<Integer> TIMES = List.of(11, 12, 13, 14);
    private static final long MICROS_A_TICK = 10_000;

    private final long root;

    ProcessTree(long root) {
        this.root = root;
    }

    /** CPU time of all, in microseconds. */
    long cpuMicros() throws IOException {
        ProcessHandle first = ProcessHandle.of(root).orElseThrow(() -> new IOException("Process " + root + " is gone"));
        long sum = 0;
        for (ProcessHandle process : Stream.concat(Stream.of(first), first.descendants()).toList()) {
            sum += micros(Path.of("/proc", Long.toString(process.pid()), "stat"));
        }
        return sum;
    }

    private static long micros(Path stat) throws IOException {
        try {
            String text = Files.readString(stat);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return TIMES.stream().mapToLong(field -> Long.parseLong(fields[field])).sum() * MICROS_A_TICK;
        } catch (NoSuchFileException e) {
            // It has ended meanwhile, and is its parent's.
            return 0;
        }
    }
}
