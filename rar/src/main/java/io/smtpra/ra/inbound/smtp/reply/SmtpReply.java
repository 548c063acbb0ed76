package io.smtpra.ra.inbound.smtp.reply;

import io.smtpra.EnhancedStatusCode;
import io.smtpra.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;

/** A reply as the transport writes it: immutable, its lines made once. */
public class SmtpReply implements Response {

    /** RFC 5321 section 4.5.3.1.5: 512 octets with code and CRLF; the codes take up to 16 of them. */
    private static final int MAX_TEXT = 480;
    private static final int MAX_LINES = 20;
    private static final int SERVICE_CLOSES = 421;

    private final int code;
    private final Optional<EnhancedStatusCode> enhanced;
    private final List<String> texts;
    private final boolean endSession;
    private final List<CharSequence> lines;

    private SmtpReply(int code, Optional<EnhancedStatusCode> enhanced, List<String> texts, boolean endSession) {
        this.code = code;
        this.enhanced = enhanced;
        this.texts = texts;
        this.endSession = endSession;
        this.lines = lines(code, enhanced, texts);
    }

    /** A reply of one line with an enhanced status code. */
    public static SmtpReply of(int code, String enhancedStatusCode, String text) {
        return new SmtpReply(code, Optional.of(EnhancedStatusCode.parse(enhancedStatusCode)), List.of(text), false);
    }

    /** A reply of several lines, the code on each. */
    public static SmtpReply of(int code, String enhancedStatusCode, List<String> texts) {
        EnhancedStatusCode enhanced = EnhancedStatusCode.parse(enhancedStatusCode);
        return new SmtpReply(code, Optional.of(enhanced), List.copyOf(texts), false);
    }

    /** A reply without an enhanced status code: the greeting, the answer to EHLO, and 3xx (RFC 2034 section 4). */
    public static SmtpReply plain(int code, List<String> texts) {
        return new SmtpReply(code, Optional.empty(), List.copyOf(texts), false);
    }

    /** A challenge of AUTH (RFC 4954 section 4). */
    public static SmtpReply challenge(String base64) {
        return plain(334, List.of(base64));
    }

    /** The reply that makes the transport begin the handshake. */
    static SmtpReply startTls(String enhancedStatusCode, String text) {
        return new StartTls(enhancedStatusCode, text);
    }

    /**
     * A reply from outside this room, made fit for the wire: ASCII alone (RFC 5321 section 4.2), no line too long.
     * After 421 the connection is closed, which is what it says (RFC 5321 section 3.8).
     */
    public static SmtpReply from(Reply reply) {
        return cleaned(reply.code(), reply.enhancedStatusCode(), reply.lines());
    }

    /** The same of its parts: whatever the lines hold. */
    static SmtpReply cleaned(int code, Optional<EnhancedStatusCode> enhanced, List<String> lines) {
        List<String> texts = new ArrayList<>();
        for (String line : lines) {
            String ascii = ascii(line);
            for (int from = 0; from == 0 || from < ascii.length(); from += MAX_TEXT) {
                texts.add(ascii.substring(from, Math.min(ascii.length(), from + MAX_TEXT)));
            }
        }
        return new SmtpReply(code, enhanced, List.copyOf(texts.subList(0, Math.min(texts.size(), MAX_LINES))),
                code == SERVICE_CLOSES);
    }

    /** A reply of the same codes with another text. */
    SmtpReply saying(String text) {
        return new SmtpReply(code, enhanced, List.of(text), endSession);
    }

    /** The same reply, after which the connection is closed. */
    public SmtpReply closing() {
        return new SmtpReply(code, enhanced, texts, true);
    }

    /** The same reply as it is said when {@code ENHANCEDSTATUSCODES} is switched off. */
    public SmtpReply withoutEnhancedStatusCode() {
        return new SmtpReply(code, Optional.empty(), texts, endSession);
    }

    /** The same reply as the API has it. */
    public Reply toReply() {
        return new Reply(code, enhanced, texts);
    }

    public int code() {
        return code;
    }

    public boolean isPositive() {
        return code < 400;
    }

    public boolean isPermanentRefusal() {
        return code >= 500;
    }

    /** Whether it is of these lines, codes left aside. */
    public boolean says(List<String> lines) {
        return texts.equals(lines);
    }

    /** The lines without codes. */
    List<String> texts() {
        return texts;
    }

    public Optional<EnhancedStatusCode> enhancedStatusCode() {
        return enhanced;
    }

    @Override
    public String getRetCode() {
        return Integer.toString(code);
    }

    @Override
    public List<CharSequence> getLines() {
        return lines;
    }

    @Override
    public boolean isEndSession() {
        return endSession;
    }

    /** On one line, as a log shows it. */
    @Override
    public String toString() {
        return code + enhanced.map(status -> " " + status).orElse("") + " " + String.join(" ", texts);
    }

    private static List<CharSequence> lines(int code, Optional<EnhancedStatusCode> enhanced, List<String> texts) {
        String status = enhanced.map(value -> value + " ").orElse("");
        List<CharSequence> lines = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            lines.add(code + (i == texts.size() - 1 ? " " : "-") + status + texts.get(i));
        }
        return List.copyOf(lines);
    }

    private static String ascii(String line) {
        StringBuilder ascii = new StringBuilder(line.length());
        line.codePoints().forEach(c -> ascii.append(c >= 32 && c < 127 ? (char) c : '?'));
        return ascii.toString();
    }

    private static final class StartTls extends SmtpReply implements StartTlsResponse {

        private final String text;

        StartTls(String enhancedStatusCode, String text) {
            super(220, Optional.of(EnhancedStatusCode.parse(enhancedStatusCode)), List.of(text), false);
            this.text = text;
        }

        private StartTls(String text) {
            super(220, Optional.empty(), List.of(text), false);
            this.text = text;
        }

        @Override
        public SmtpReply withoutEnhancedStatusCode() {
            return new StartTls(text);
        }
    }
}
