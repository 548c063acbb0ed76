package io.smtpra.ra.tls.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of {@code openssl s_client}: it connects, sends a line, waits for it to come back, and ends.
 *
 * @param output what it has written
 * @param echoed whether the line came back
 */
record OpenSslClient(String output, boolean echoed) {

    private static final String LINE = "come back";
    private static final int MAX_SECONDS = 20;

    static OpenSslClient run(int port, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write((LINE + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        Thread limit = new Thread(() -> end(process));
        limit.setDaemon(true);
        limit.start();
        StringBuilder output = new StringBuilder();
        boolean echoed = false;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.append(line).append('\n');
                // openssl's own report of a session may stand before it on the line
                if (line.endsWith(LINE)) {
                    echoed = true;
                    process.getOutputStream().close();
                }
            }
        }
        return new OpenSslClient(output.toString(), echoed);
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
