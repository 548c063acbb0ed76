package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.client.net.Transcript;
import io.smtpra.ra.sasl.AuthCredentials.UserPassword;
import io.smtpra.ra.sasl.AuthMechanism;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LocationAwareLogger;

/** The debug transcript shows the dialogue, and neither secrets nor content. */
class TranscriptTest {

    private final Logger logger = LoggerFactory.getLogger(Transcript.class);
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private int level;

    @BeforeEach
    void switchOn() throws Exception {
        level = level().getInt(logger);
        level().setInt(logger, LocationAwareLogger.DEBUG_INT);
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void switchOff() throws Exception {
        System.setErr(standardError);
        level().setInt(logger, level);
    }

    @Test
    void masks_secrets_and_counts_content() throws Exception {
        AuthPolicy policy = new AuthPolicy(List.of(AuthMechanism.PLAIN, AuthMechanism.LOGIN), true, false);
        int port;
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("AUTH PLAIN LOGIN", "PIPELINING") + """
                C: AUTH PLAIN *
                S: 504 5.5.4 not\\r today
                C: AUTH LOGIN
                S: 334 VXNlcm5hbWU6
                C: *
                S: 334 UGFzc3dvcmQ6
                C: *
                S: 235 2.7.0 ok
                """ + Scripts.MAIL + Scripts.QUIT)) {
            port = server.port();
            try (SmtpClientConnection connection = Clients.open(
                    Clients.with(Clients.config(server), policy),
                    Optional.of(new UserPassword("the-user", "the-secret")))) {
                Mails.send(connection, Mails.ENVELOPE, "Subject: x\r\n\r\nthe text\r\n");
            }
        }
        List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).allMatch(line -> line.matches(".*localhost:" + port + " #\\d+ [CS]: .*"));
        assertThat(lines).extracting(line -> line.replaceFirst(".*#\\d+ ", "")).containsExactly(
                "S: 220 mx.example.org ready",
                "C: EHLO client.example.com",
                "S: 250-mx.example.org",
                "S: 250-AUTH PLAIN LOGIN",
                "S: 250 PIPELINING",
                "C: AUTH PLAIN ****",
                "S: 504 5.5.4 not? today",
                "C: AUTH LOGIN",
                "S: 334 ****",
                "C: ****",
                "S: 334 ****",
                "C: ****",
                "S: 235 2.7.0 ok",
                "C: MAIL FROM:<a@example.com>",
                "C: RCPT TO:<b@example.org>",
                "C: DATA",
                "S: 250 2.1.0 sender ok",
                "S: 250 2.1.5 recipient ok",
                "S: 354 go ahead",
                "C: (24 octets of content)",
                "C: .",
                "S: 250 2.0.0 Ok: queued as 4F2B91C0D",
                "C: QUIT");
    }

    /** The simple logger of the tests reads its level once; there is no way but this to change it later. */
    private Field level() throws ReflectiveOperationException {
        Field field = logger.getClass().getDeclaredField("currentLogLevel");
        field.setAccessible(true);
        return field;
    }
}
