package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail that two servers send to each other for ever (RFC 5321 section 6.3). */
class MailLoopTest {

    @TempDir
    private Path spool;

    @Test
    void endsAtTheHopThatIsOneTooMany() {
        Server server = new Server(spool).limits(Limits.of(limits -> limits.maxReceivedHeaders = 3));
        String good = "Received: x\r\n".repeat(3) + "\r\nReceived: x\r\n";
        String loops = "RECEIVED: x\r\nSubject: x\r\n\tReceived: folded\r\n" + "received : x\r\n".repeat(3) + "\r\n";

        server.talk().withRecipient().run("C: DATA\nS: 354 …").send(good + ".\r\n").run("""
                S: 250 2.0.0 Ok: queued as M1
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                """).send("BDAT " + loops.length() + " LAST\r\n" + loops).run("""
                S: 554 5.4.6 Too many hops, this mail loops
                """);
        assertThat(server.mails()).hasSize(1);
        assertThat(server.memoryInUse()).isZero();
    }
}
