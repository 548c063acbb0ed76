package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.smtpra.ListenerKind;
import io.smtpra.TlsFacts;
import io.smtpra.ra.inbound.listener.framing.LineFault;
import io.smtpra.ra.telemetry.Telemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Talks to a session as a transcript says:
 *
 * <pre>
 * C: a line that the client sends
 * C+ a line that it sends together with the next one
 * S: a line that the server must send; with … at its end, it must begin like that
 * S: (closed)
 * </pre>
 *
 * <p>Whatever the server says beyond the transcript fails the test.
 */
final class Conversation {

    private static final String CLOSED = "(closed)";

    private final FakeTransport transport;
    private boolean closedSeen;

    private Conversation(FakeTransport transport) {
        this.transport = transport;
    }

    static Conversation with(SmtpServerProtocol protocol) {
        return with(protocol, ListenerKind.SMTP);
    }

    static Conversation with(SmtpServerProtocol protocol, ListenerKind kind) {
        return with(protocol, kind, "192.0.2.7");
    }

    static Conversation with(SmtpServerProtocol protocol, ListenerKind kind, String peer) {
        return new Conversation(new FakeTransport(protocol, kind, peer));
    }

    /** The connection is in TLS from the beginning. */
    Conversation inTls() {
        return inTls(FakeTransport.TLS);
    }

    Conversation inTls(TlsFacts facts) {
        transport.startInTls(facts);
        return this;
    }

    /** What was counted. */
    Telemetry telemetry() {
        return transport.telemetry();
    }

    /** How often a limit was crossed for which an address may be banned. */
    int offences() {
        return transport.offences();
    }

    /** The transport has no certificate. */
    Conversation withoutTls() {
        transport.withoutTls();
        return this;
    }

    /** Connects and reads the greeting. */
    Conversation greeted() {
        transport.connect();
        return run("S: 220 mx.example.com ESMTP");
    }

    /** Connects and says EHLO. */
    Conversation ehlo() {
        greeted();
        return extended();
    }

    /** Says EHLO and drops the reply. */
    Conversation extended() {
        send("EHLO client.example.net\r\n");
        assertThat(transport.replies().getFirst()).startsWith("250");
        transport.replies().clear();
        return this;
    }

    /** As far as the accepted recipient of a mail. */
    Conversation withRecipient() {
        return ehlo().run("""
                C: MAIL FROM:<sender@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                """);
    }

    Conversation connect() {
        transport.connect();
        return this;
    }

    Conversation hangUp() {
        transport.disconnect();
        return this;
    }

    Conversation run(String transcript) {
        StringBuilder held = new StringBuilder();
        for (String step : transcript.lines().map(String::stripLeading).filter(line -> !line.isEmpty()).toList()) {
            String text = step.length() > 3 ? step.substring(3) : "";
            if (step.startsWith("C+")) {
                held.append(text).append("\r\n");
            } else if (step.startsWith("C:")) {
                send(held + text + "\r\n");
                held.setLength(0);
            } else if (step.startsWith("S:")) {
                expect(text);
            } else {
                fail("Not a line of a transcript: " + step);
            }
        }
        assertThat(transport.replies()).as("said beyond the transcript").isEmpty();
        assertThat(transport.isClosed()).as("closed").isEqualTo(closedSeen);
        return this;
    }

    /** Sends text as UTF-8, as it is. */
    Conversation send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    Conversation send(byte[] octets) {
        transport.send(octets);
        return this;
    }

    /** What the server has said since. */
    List<String> heard() {
        List<String> lines = List.copyOf(transport.replies());
        transport.replies().clear();
        return lines;
    }

    /** Sends a command and returns the one line that comes back. */
    String say(String command) {
        send(command + "\r\n");
        assertThat(transport.replies()).hasSize(1);
        return transport.replies().removeFirst();
    }

    /** Sends a command and returns all lines that come back. */
    List<String> sayAll(String command) {
        send(command + "\r\n");
        return heard();
    }

    /** All lines that have come back, which are dropped. */
    List<String> lines() {
        List<String> lines = List.copyOf(transport.replies());
        transport.replies().clear();
        return lines;
    }

    /** The client sends a line that is none. */
    Conversation fault(LineFault fault) {
        transport.fault(fault);
        return this;
    }

    List<Duration> delays() {
        return transport.delays();
    }

    boolean isClosed() {
        return transport.isClosed();
    }

    private void expect(String expected) {
        if (expected.equals(CLOSED)) {
            closedSeen = true;
            assertThat(transport.isClosed()).as("closed").isTrue();
            return;
        }
        assertThat(transport.replies()).as("a reply, awaiting: " + expected).isNotEmpty();
        String said = transport.replies().removeFirst();
        if (expected.endsWith("…")) {
            assertThat(said).startsWith(expected.substring(0, expected.length() - 1));
        } else {
            assertThat(said).isEqualTo(expected);
        }
    }
}
