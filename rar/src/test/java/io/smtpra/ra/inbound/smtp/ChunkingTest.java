package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.BodyType;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code BDAT} (RFC 3030). */
class ChunkingTest {

    @TempDir
    private Path spool;
    private Server server;

    @BeforeEach
    void start() {
        server = new Server(spool);
    }

    @Test
    void joinsTheChunksOctetForOctet() {
        server.talk().withRecipient()
                .send("BDAT 5\r\nab\r\n.").run("S: 250 2.0.0 Chunk ok")
                .send("BDAT 0\r\n").run("S: 250 2.0.0 Chunk ok")
                .send("bdat 6 last\r\n\r\n.\r\n\0").run("S: 250 2.0.0 Ok: queued as M1");
        assertThat(server.sent()).isEqualTo("ab\r\n.\r\n.\r\n\0");
        assertThat(server.memoryInUse()).isZero();
    }

    @Test
    void endsWithAnEmptyLastChunk() {
        server.talk().withRecipient()
                .send("BDAT 2\r\nabBDAT 0 LAST\r\n").run("""
                        S: 250 2.0.0 Chunk ok
                        S: 250 2.0.0 Ok: queued as M1
                        """);
        assertThat(server.sent()).isEqualTo("ab");
    }

    @Test
    void takesBinaryMimeWithBdatAlone() {
        server.talk().ehlo().run("""
                C: MAIL FROM:<sender@example.net> BODY=BINARYMIME
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 503 5.5.1 BINARYMIME is sent with BDAT
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.mail().envelope().bodyType()).isEqualTo(BodyType.BINARY_MIME);
    }

    @Test
    void allowsNothingElseOnceItHasBegun() {
        server.talk().withRecipient().send("BDAT 2\r\nab").run("""
                S: 250 2.0.0 Chunk ok
                C: DATA
                S: 503 5.5.1 BDAT has begun: go on with it or say RSET
                C: RCPT TO:<other@example.com>
                S: 503 5.5.1 BDAT has begun: go on with it or say RSET
                C: MAIL FROM:<other@example.net>
                S: 503 5.5.1 Not within a mail transaction
                C: NOOP
                S: 250 2.0.0 Ok
                C: BDAT 0 LAST
                S: 250 2.0.0 Ok: queued as M1
                """);
        assertThat(server.sent()).isEqualTo("ab");
    }

    @Test
    void isGivenUpByRset() {
        server.talk().withRecipient().send("BDAT 2\r\nab").run("""
                S: 250 2.0.0 Chunk ok
                C: RSET
                S: 250 2.0.0 Ok
                C: BDAT 0 LAST
                S: 503 5.5.1 Say MAIL first
                """);
        assertThat(server.memoryInUse()).isZero();
    }

    @Test
    void readsAChunkWithoutRecipientsToItsEnd() {
        server.talk().ehlo().run("""
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                """).send("BDAT 6\r\nQUIT\r\nNOOP\r\n").run("""
                S: 554 5.5.1 No valid recipients
                S: 250 2.0.0 Ok
                """);
    }

    @Test
    void endsTheMailWhenAChunkIsTooBig() {
        server.limits(Limits.of(limits -> limits.maxMessageSize = 10)).talk().withRecipient()
                .send("BDAT 6\r\n123456BDAT 6\r\n123456BDAT 6 LAST\r\n123456").run("""
                        S: 250 2.0.0 Chunk ok
                        S: 552 5.3.4 Message too big
                        S: 503 5.5.1 Say MAIL first
                        """);
        assertThat(server.mails()).isEmpty();
        assertThat(server.memoryInUse()).isZero();
    }

    @Test
    void isReadToItsEndWhenSwitchedOff() {
        server.off(Extension.CHUNKING).talk().withRecipient()
                .send("BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n").run("""
                        S: 502 5.5.1 Command not implemented
                        S: 250 2.0.0 Ok
                        """);
    }

    @Test
    void worksWithPipeliningSwitchedOff() {
        server.off(Extension.PIPELINING).talk().withRecipient()
                .send("BDAT 2 LAST\r\nab").run("S: 250 2.0.0 Ok: queued as M1");
    }
}
