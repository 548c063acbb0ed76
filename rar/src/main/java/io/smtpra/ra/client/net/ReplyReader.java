package io.smtpra.ra.client.net;

import io.smtpra.EnhancedStatusCode;
import io.smtpra.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads replies (RFC 5321 section 4.2.1, RFC 2034). Each line and their number is bounded; control characters go. */
final class ReplyReader {

    /** RFC 5321 section 4.5.3.1.5 has 512 octets; servers are known to say more. */
    static final int MAX_LINE = 2_048;

    /** No server has as many extensions. */
    static final int MAX_LINES = 128;

    private final Transport transport;
    private final Transcript transcript;
    private final byte[] buffer = new byte[2 * MAX_LINE];
    private int position;
    private int limit;

    ReplyReader(Transport transport, Transcript transcript) {
        this.transport = transport;
        this.transcript = transcript;
    }

    /** Whether octets have been read that no reply has taken. */
    boolean hasInput() {
        return position < limit;
    }

    /**
     * The next reply, as many lines as it has. Its lines ought to have one code (RFC 5321 section 4.2.1); where they do
     * not, the last line's counts, as it does with Postfix and Sendmail, and no text is lost.
     */
    Reply read() throws IOException {
        String line = readLine();
        int code = code(line);
        Optional<EnhancedStatusCode> status = enhancedStatusCode(line, code);
        if (!goesOn(line)) {
            return new Reply(code, status, List.of(text(line, status)));
        }
        List<String> lines = new ArrayList<>();
        lines.add(text(line, status));
        while (goesOn(line)) {
            if (lines.size() == MAX_LINES) {
                throw new ReplyFormatException("a reply has more than " + MAX_LINES + " lines");
            }
            line = readLine();
            if (code(line) != code) {
                code = code(line);
                status = enhancedStatusCode(line, code);
            }
            lines.add(text(line, status));
        }
        return new Reply(code, status, lines);
    }

    private String readLine() throws IOException {
        int seen = position;
        while (true) {
            for (; seen < limit; seen++) {
                if (seen - position == MAX_LINE) {
                    throw new ReplyFormatException("a line of a reply has more than " + MAX_LINE + " octets");
                }
                if (buffer[seen] == '\n') {
                    String line = decode(position, seen > position && buffer[seen - 1] == '\r' ? seen - 1 : seen);
                    position = seen + 1;
                    transcript.heard(line);
                    return line;
                }
            }
            seen -= position;
            fill();
        }
    }

    /** Moves what is left to the front and reads more behind it. */
    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        int read = transport.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            throw new EOFException("the connection was closed");
        }
        limit += read;
    }

    private String decode(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] < ' ' || buffer[i] == 127) {
                return Harmless.text(new String(buffer, from, to - from, StandardCharsets.UTF_8));
            }
        }
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static int code(String line) throws ReplyFormatException {
        int code = 0;
        for (int i = 0; i < 3; i++) {
            char c = i < line.length() ? line.charAt(i) : ' ';
            if (!isDigit(c)) {
                throw new ReplyFormatException("a line of a reply does not begin with a code");
            }
            code = 10 * code + c - '0';
        }
        boolean delimited = line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-';
        if (code < 200 || code > 599 || !delimited) {
            throw new ReplyFormatException("a line of a reply does not begin with a code of SMTP");
        }
        return code;
    }

    private static boolean goesOn(String line) {
        return line.length() > 3 && line.charAt(3) == '-';
    }

    /** The text behind the codes; the enhanced one may stand on each line. */
    private static String text(String line, Optional<EnhancedStatusCode> status) {
        int from = Math.min(4, line.length());
        if (status.isPresent()) {
            String prefix = status.get().toString();
            int end = from + prefix.length();
            if (line.startsWith(prefix, from) && (end == line.length() || line.charAt(end) == ' ')) {
                from = Math.min(end + 1, line.length());
            }
        }
        return line.substring(from);
    }

    /** RFC 2034 section 4: its class is the first digit of the code. */
    private static Optional<EnhancedStatusCode> enhancedStatusCode(String line, int code) {
        int statusClass = code / 100;
        if (statusClass == 3 || line.length() < 9 || line.charAt(4) != '0' + statusClass || line.charAt(5) != '.') {
            return Optional.empty();
        }
        int[] numbers = new int[2];
        int at = 6;
        for (int n = 0; n < 2; n++) {
            int start = at;
            while (at < line.length() && at - start < 3 && isDigit(line.charAt(at))) {
                numbers[n] = 10 * numbers[n] + line.charAt(at++) - '0';
            }
            char end = at < line.length() ? line.charAt(at) : ' ';
            if (at == start || end != (n == 0 ? '.' : ' ')) {
                return Optional.empty();
            }
            at++;
        }
        return Optional.of(new EnhancedStatusCode(statusClass, numbers[0], numbers[1]));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
