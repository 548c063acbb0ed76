package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands hidden in the octets of a chunk, or a chunk hidden behind commands (RFC 3030). */
class BdatSmugglingTest {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
    }

    @Test
    void readsARefusedChunkToItsEnd() {
        server.talk().ehlo()
                .send("BDAT 12 LAST\r\nMAIL FROM:<>NOOP\r\n").run("""
                        S: 503 5.5.1 Say MAIL first
                        S: 250 2.0.0 Ok
                        """);
    }

    @Test
    void closesWhenItCannotTellOctetsFromCommands() {
        for (String command : new String[] {"BDAT", "BDAT x", "BDAT -1", "BDAT 1 FIRST", "BDAT 1LAST",
            "BDAT 9999999999999999999", "BDAT 1 LAST LAST", "BDAT 1\0", "BDAT\t1", "bdat 1\u0085"}) {
            new Server(spool).talk().withRecipient().send(command + "\r\nQUIT\r\n").run("""
                    S: 501 5.5.4 Syntax: BDAT length [LAST], closing
                    S: (closed)
                    """);
        }
    }

    @Test
    void whatLooksLikeTheEndOfDataIsContent() {
        server.talk().withRecipient()
                .send("BDAT 27\r\n\r\n.\r\nMAIL FROM:<x@a.test>\r\nBDAT 7 LAST\r\n\n.\n\r.\r\nNOOP\r\n").run("""
                        S: 250 2.0.0 Chunk ok
                        S: 250 2.0.0 Ok: queued as M1
                        S: 250 2.0.0 Ok
                        """);
        assertThat(server.sent()).isEqualTo("\r\n.\r\nMAIL FROM:<x@a.test>\r\n\n.\n\r.\r\n");
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void aRefusedChunkIsReadToItsEndInEachState() {
        String chunk = "BDAT 13 LAST\r\nMAIL FROM:<>\n";
        assertThat(server.talk().greeted().sayAll(chunk + "NOOP"))
                .containsExactly("503 5.5.1 Say EHLO first", "250 2.0.0 Ok");
        assertThat(server.startTls(StartTlsPolicy.REQUIRED).talk().ehlo().sayAll(chunk + "NOOP"))
                .containsExactly("530 5.7.0 Say STARTTLS first", "250 2.0.0 Ok");
        assertThat(Conversation.with(server.protocol(), ListenerKind.SUBMISSIONS).inTls().ehlo().sayAll(chunk + "NOOP"))
                .containsExactly("530 5.7.0 Authentication required", "250 2.0.0 Ok");
    }
}
