package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser, or any program that posts forms, is lured into sending mail. */
class CrossProtocolTest {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "POST / HTTP/1.1", "CONNECT mx.example.com:25 HTTP/1.1"})
    void requestIsHungUpOn(String request) {
        server.talk().greeted().send(request + "\r\nEHLO a\r\nMAIL FROM:<>\r\n").run("""
                S: 500 5.5.1 This is SMTP, closing
                S: (closed)
                """);
    }

    @Test
    void headerOfTheProxyProtocolIsNoCommand() {
        assertThat(server.talk().ehlo().say("PROXY TCP4 198.51.100.7 192.0.2.2 1 25"))
                .isEqualTo("500 5.5.1 Unknown command");
    }
}
