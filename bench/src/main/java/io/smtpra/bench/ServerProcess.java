package io.smtpra.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server under load: a process of its own, whose CPU time the kernel counts. */
public final class ServerProcess implements AutoCloseable {

    /** Ticks of {@code /proc/PID/stat} a second; the kernel's constant towards programs. */
    private static final long TICKS = 100;

    /** Rounds before those that count, at most, until the virtual machine has compiled what it will. */
    private static final int MOST_WARM_UP_ROUNDS = Integer.getInteger("bench.warm.up.rounds", 12);
    private static final double COMPILED = 0.05;

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a command and waits until its port answers. */
    public static ServerProcess start(List<String> command, Map<String, String> environment, Path log, int port)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        ServerProcess server = new ServerProcess(builder.start(), port);
        server.awaitPort(log);
        return server;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** CPU time of the process, all threads, user and system, in microseconds. */
    public long cpuMicros() throws IOException {
        return cpuMicros(Files.readString(proc("stat")));
    }

    /**
     * What a mail costs it.
     *
     * @param mails how many the load sends
     * @return CPU time for each, in microseconds
     */
    double microsPerMail(int mails, Round load) throws Exception {
        long before = cpuMicros();
        load.run();
        return (cpuMicros() - before) / (double) mails;
    }

    /**
     * Puts it under load until it is compiled: until then up to half of the time is the compiler's, which is paid once.
     */
    public void warmUp(Round round) throws Exception {
        double compiling = 1;
        for (int i = 0; i < MOST_WARM_UP_ROUNDS && compiling > COMPILED; i++) {
            long all = cpuMicros();
            long compiler = compilerMicros();
            round.run();
            compiling = (compilerMicros() - compiler) / (double) (cpuMicros() - all);
        }
    }

    /** The part of {@link #cpuMicros()} that the threads take in which a virtual machine compiles. */
    private long compilerMicros() throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(proc("task"))) {
            for (Path thread : threads) {
                sum += compilerMicros(thread);
            }
        }
        return sum;
    }

    private static long compilerMicros(Path thread) throws IOException {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.contains("CompilerThre") ? cpuMicros(stat) : 0;
        } catch (NoSuchFileException e) {
            // It has ended meanwhile, as threads that compile do when there is less to compile.
            return 0;
        }
    }

    private static long cpuMicros(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * (1_000_000 / TICKS);
    }

    /** Resident memory of the process, in KiB. */
    long residentKiB() throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** The process that does the work: a start script runs the virtual machine as its child. */
    long pid() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseGet(process::toHandle)
                .pid();
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(pid()), file);
    }

    /** Waits until there is a line with this text in its log. */
    void awaitLine(Path log, String text) throws IOException, InterruptedException {
        await(log, "line with " + text, () -> {
            try (Stream<String> lines = Files.lines(log)) {
                return lines.anyMatch(line -> line.contains(text));
            }
        });
    }

    private void awaitPort(Path log) throws IOException, InterruptedException {
        await(log, "SMTP server on port " + port, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.getInputStream().read() == '2';
            }
        });
    }

    private void await(Path log, String what, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                // not yet
            }
            Thread.sleep(200);
        }
        close();
        throw new IOException("No " + what + "; see " + log);
    }

    /** As much load as one round of measuring has. */
    public interface Round {
        /** Sends it, and returns when it has been served. */
        void run() throws Exception;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }
}
