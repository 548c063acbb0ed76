package io.smtpra.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One way of sending mail.
 *
 * @param name as it stands in the report
 * @param size octets of a message
 * @param kept whether a connection serves many mails
 * @param pipelined whether MAIL, RCPT and DATA go in one write
 * @param startTls whether the connection is upgraded first
 * @param messages how many mails one measured round sends
 * @param target the ratio to the reference that we aim at
 */
record Scenario(
        String name, int size, boolean kept, boolean pipelined, boolean startTls, int messages, double target) {

    static final List<Scenario> INBOUND = List.of(
            new Scenario("4 KiB, kept connections", 4 << 10, true, false, false, 40_000, 0.70),
            new Scenario("4 KiB, kept, pipelined", 4 << 10, true, true, false, 40_000, 0.85),
            new Scenario("1 KiB, a connection per mail", 1 << 10, false, false, false, 20_000, 0.45),
            new Scenario("1 MiB, kept connections", 1 << 20, true, false, false, 3_000, 0.32),
            new Scenario("1 MiB, kept, STARTTLS", 1 << 20, true, false, true, 3_000, 0.30));

    /** A message of the scenario's size, in lines of 76 characters, ended by CRLF.CRLF. */
    byte[] message() {
        return message("benchmark", size);
    }

    /** A message with a subject. */
    static byte[] message(String subject, int size) {
        StringBuilder text = new StringBuilder(size + 8);
        text.append("Subject: ").append(subject).append("\r\nFrom: <a@example.org>\r\n\r\n");
        String line = "The quick brown fox jumps over the lazy dog, and the dog does not mind it.\r\n";
        while (text.length() + line.length() <= size) {
            text.append(line);
        }
        return text.append(".\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
