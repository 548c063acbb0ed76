package io.smtpra.bench.durable;

import io.smtpra.bench.Servers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Postfix from the distribution's package, as an instance of its own: it takes all mail, and either relays it or keeps
 * it in its queue. What is not said here is its default. Root starts it.
 */
final class PostfixServer implements AutoCloseable {

    private static final String MASTER = """
            127.0.0.1:%d inet n - n - 200 smtpd
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            relay unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            scache unix - - n - 1 scache
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd
            """;

    private final Path home;
    private final int port;
    private final ProcessTree processes;
    private final Commands.Stop stop;
    /** How much of its log has been read. */
    private long read;
    private long sent;

    private PostfixServer(int sinkPort, String more) throws IOException, InterruptedException {
        port = Servers.freePort();
        home = Commands.folder("postfix");
        for (String folder : List.of("etc", "queue", "data", "log")) {
            Files.createDirectories(home.resolve(folder));
        }
        Commands.give(home.resolve("data"), "postfix");
        Files.writeString(home.resolve("etc/main.cf"), main(sinkPort) + more);
        Files.writeString(home.resolve("etc/master.cf"), MASTER.formatted(port));
        control("start");
        stop = Commands.atTheLatestAtTheEnd(this::stop);
        processes = new ProcessTree(
                Long.parseLong(Files.readString(home.resolve("queue/pid/master.pid")).strip()));
    }

    /** One that relays to a port. */
    static PostfixServer relaying(int sinkPort) throws IOException, InterruptedException {
        return new PostfixServer(sinkPort, "");
    }

    /** One that takes mail into its queue and leaves it there, which costs it least. */
    static PostfixServer keeping() throws IOException, InterruptedException {
        return new PostfixServer(1, "smtpd_client_restrictions = static:HOLD\n");
    }

    int port() {
        return port;
    }

    /** CPU time of all its processes, in microseconds. */
    long cpuMicros() throws IOException {
        return processes.cpuMicros();
    }

    /** How many mails it has handed on. Only what is new in its log is read. */
    long sent() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(home.resolve("log/mail").toFile(), "r")) {
            byte[] octets = new byte[(int) (log.length() - read)];
            log.seek(read);
            log.readFully(octets);
            String text = new String(octets, StandardCharsets.ISO_8859_1);
            // the last line may be written still
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            read += whole.length();
            sent += whole.lines().filter(line -> line.contains("status=sent")).count();
            return sent;
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop.run();
    }

    private void stop() throws IOException, InterruptedException {
        try {
            control("stop");
        } finally {
            Commands.remove(home);
        }
    }

    private String main(int sinkPort) {
        return """
                compatibility_level = 3.6
                queue_directory = %1$s/queue
                data_directory = %1$s/data
                command_directory = /usr/sbin
                daemon_directory = /usr/lib/postfix/sbin
                maillog_file_prefixes = %1$s/log
                maillog_file = %1$s/log/mail
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                myhostname = mx.example.org
                mydestination =
                mynetworks = 127.0.0.0/8
                local_recipient_maps =
                alias_maps =
                alias_database =
                relayhost = [127.0.0.1]:%2$d
                smtpd_client_connection_count_limit = 0
                smtpd_peername_lookup = no
                """.formatted(home, sinkPort);
    }

    private void control(String command) throws IOException, InterruptedException {
        Commands.run(List.of("postfix", "-c", home.resolve("etc").toString(), command));
    }
}
