package io.smtpra.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client by hand. */
final class Talk implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;

    Talk(Inbox inbox) throws IOException {
        socket = new Socket(inbox.host(), inbox.port());
        socket.setSoTimeout(20_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    /** Lines as {@code C: …} are said, as {@code S: …} must come; {@code S: -} is the end of the connection. */
    Talk run(String transcript) throws IOException {
        for (String line : transcript.strip().lines().map(String::strip).toList()) {
            if (line.startsWith("C:")) {
                socket.getOutputStream().write((line.substring(2).strip()
                        + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            } else {
                assertThat("S: " + reply()).isEqualTo(line);
            }
        }
        return this;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Of several lines the last one. */
    private String reply() throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        return line == null ? "-" : line;
    }
}
