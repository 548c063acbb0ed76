package io.smtpra.bench.durable;

import io.smtpra.bench.ServerProcess;
import io.smtpra.bench.Servers;
import io.smtpra.bench.SmtpLoad;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of several WildFly nodes with {@link QueueApplication} in it, each in a folder of its own. */
final class QueueNode implements AutoCloseable {

    private final ServerProcess server;

    private QueueNode(ServerProcess server) {
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @param home of the server, in whose deployments the adapter is
     * @param base its own folder
     * @param databaseUrl where its database is
     * @param more options of the virtual machine
     */
    static QueueNode start(Path home, Path base, String databaseUrl, List<String> more) throws Exception {
        copy(home.resolve("standalone/configuration"), Files.createDirectories(base.resolve("configuration")), "*");
        Path deployments = Files.createDirectories(base.resolve("deployments"));
        copy(home.resolve("standalone/deployments"), deployments, "smtp-ra.rar");
        QueueApplication.write(deployments.resolve("queue.war"));
        List<String> options = new ArrayList<>(more);
        options.add("-Djboss.server.base.dir=" + base);
        options.add("-Djboss.tx.node.id=" + base.getFileName());
        options.add("-Dbench.database.url=" + databaseUrl);
        return new QueueNode(Servers.wildfly(home, base, options));
    }

    ServerProcess server() {
        return server;
    }

    long cpuMicros() throws IOException {
        return server.cpuMicros();
    }

    /** Has mails of 4 KiB put into the queue by some threads; returns when all are. */
    void enqueue(int threads, int mails) throws Exception {
        SmtpLoad.plain(server.port()).order(threads, "enqueue " + mails / threads, 4 << 10);
    }

    /** Stops the sending. */
    void pause() throws Exception {
        SmtpLoad.plain(server.port()).order(1, "pause", 100);
    }

    /** Lets the sending go on. */
    void resume() throws Exception {
        SmtpLoad.plain(server.port()).order(1, "resume", 100);
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }

    private static void copy(Path from, Path to, String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from, glob)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }
}
