package io.smtpra.it;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HAProxy from the distribution's package before several servers, by the file that docs/scaling.md shows. */
final class HaProxy implements AutoCloseable {

    private static final Pattern FILE = Pattern.compile("```haproxy\n(.*?)```", Pattern.DOTALL);

    private final Path home = Files.createTempDirectory("smtp-ra-haproxy");
    private final int port = CrashingServer.freePort();
    private final Process process;

    /** Starts it before two servers, {@code one} and {@code two}. */
    HaProxy(int one, int two) throws IOException {
        Path program = ClientTool.require("haproxy");
        Path file = home.resolve("haproxy.cfg");
        Files.writeString(file, documented()
                .replace("/run/haproxy/smtp-ra.sock", socket().toString())
                .replace(":25\n", Ports.LOOPBACK + ":" + port + "\n")
                .replace("192.0.2.11:2525", Ports.LOOPBACK + ":" + one)
                .replace("192.0.2.12:2525", Ports.LOOPBACK + ":" + two));
        process = new ProcessBuilder(List.of(program.toString(), "-db", "-f", file.toString()))
                .redirectErrorStream(true).redirectOutput(home.resolve("log").toFile()).start();
        Await.until("HAProxy's socket; " + file, () -> Files.exists(socket()));
    }

    /** Where clients connect. */
    int port() {
        return port;
    }

    /** Says something to it as its administrator. */
    String command(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(1 << 20);
            while (channel.read(answer) >= 0) {
                // until it closes
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
    }

    /** Waits until it has found a server healthy. */
    void awaitUp(String server) {
        Await.until("server " + server + " to be up", () -> {
            try {
                return command("show stat").lines()
                        .anyMatch(line -> line.startsWith("smtp-ra," + server + ",") && line.contains(",UP,"));
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Await.until("the end of HAProxy", () -> !process.isAlive());
        for (String name : List.of("haproxy.cfg", "log", "socket")) {
            Files.deleteIfExists(home.resolve(name));
        }
        Files.delete(home);
    }

    private Path socket() {
        return home.resolve("socket");
    }

    private static String documented() throws IOException {
        Matcher matcher = FILE.matcher(Files.readString(Path.of(System.getProperty("it.docs"), "scaling.md")));
        if (!matcher.find()) {
            throw new AssertionError("docs/scaling.md shows no file for HAProxy");
        }
        return matcher.group(1);
    }
}
