package io.smtpra.ra.outbound.form;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads a mail and tells its parts as they come. Nothing is held but a header and a piece of a line, so a mail may be
 * of any size. Header lines are characters that stand for octets.
 */
final class MimeReader {

    private static final int MAX_HEADER = 1 << 20;
    private static final int MAX_ENTITIES = 10_000;
    private static final int MAX_DEPTH = 100;

    private final InputStream in;
    private final byte[] buffer;
    private final Listener listener;
    private final Deque<MimeEntity> multiparts = new ArrayDeque<>();
    private final List<String> header = new ArrayList<>();
    private final ByteArrayOutputStream headerLine = new ByteArrayOutputStream();
    private Optional<MimeEntity> above = Optional.empty();
    private Optional<MimeEntity> body = Optional.empty();
    private boolean inHeader = true;
    private int headerOctets;
    private int entities;
    private byte[] lineEnd = {};

    MimeReader(InputStream in, byte[] buffer, Listener listener) {
        this.in = in;
        this.buffer = buffer;
        this.listener = listener;
    }

    /** Reads all. */
    void run() throws IOException, UnencodableException {
        int from = 0;
        int to = 0;
        boolean begins = true;
        boolean ended = false;
        while (!ended || from < to) {
            int end = lineEnd(from, to, ended);
            if (end < 0 && to - from < buffer.length && !ended) {
                System.arraycopy(buffer, from, buffer, 0, to - from);
                to -= from;
                from = 0;
                int read = in.read(buffer, to, buffer.length - to);
                ended = read < 0;
                to += Math.max(0, read);
                continue;
            }
            // Without an end it is a piece of a line: the buffer is full, or it is the last line. A CR at its end
            // waits.
            int textEnd = end >= 0 ? end : to - (to - from > 1 && buffer[to - 1] == '\r' && !ended ? 1 : 0);
            int next = end >= 0 ? end + lineEndLength(end, to) : textEnd;
            line(begins, from, textEnd, next);
            begins = end >= 0;
            from = next;
        }
        finish();
    }

    /** Where the text of the line ends; negative if that is not in the buffer. */
    private int lineEnd(int from, int to, boolean ended) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n' || buffer[i] == '\r' && (i + 1 < to || ended)) {
                return i;
            }
        }
        return -1;
    }

    private int lineEndLength(int end, int to) {
        return buffer[end] == '\r' && end + 1 < to && buffer[end + 1] == '\n' ? 2 : 1;
    }

    private void line(boolean begins, int from, int textEnd, int next) throws IOException, UnencodableException {
        if (begins && isDelimiter(from, textEnd)) {
            return;
        }
        if (inHeader) {
            headerLine(begins, from, textEnd, next > textEnd);
            return;
        }
        MimeEntity entity = body.orElseThrow();
        passLineEnd(entity);
        listener.text(entity, buffer, from, textEnd);
        lineEnd = Arrays.copyOfRange(buffer, textEnd, next);
    }

    private void headerLine(boolean begins, int from, int to, boolean ends) throws IOException, UnencodableException {
        if (begins && from == to) {
            endHeader(true);
            return;
        }
        headerOctets += to - from;
        if (headerOctets > MAX_HEADER) {
            throw new UnencodableException("a header of it has more than " + MAX_HEADER + " octets");
        }
        headerLine.write(buffer, from, to - from);
        if (ends) {
            takeHeaderLine();
        }
    }

    private void takeHeaderLine() {
        String line = headerLine.toString(StandardCharsets.ISO_8859_1);
        headerLine.reset();
        boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t') && !header.isEmpty();
        if (folded) {
            header.add(header.remove(header.size() - 1) + "\r\n" + line);
        } else {
            header.add(line);
        }
    }

    private void endHeader(boolean withEmptyLine) throws IOException, UnencodableException {
        if (headerLine.size() > 0) {
            takeHeaderLine();
        }
        MimeEntity entity = new MimeEntity(entities++, above, header);
        if (entities > MAX_ENTITIES || multiparts.size() > MAX_DEPTH) {
            throw new UnencodableException("it has too many parts");
        }
        listener.header(entity, List.copyOf(header), withEmptyLine);
        header.clear();
        headerOctets = 0;
        inHeader = false;
        body = Optional.of(entity);
        if (entity.kind == MimeEntity.Kind.MULTIPART) {
            multiparts.push(entity);
        } else if (entity.kind == MimeEntity.Kind.MESSAGE && withEmptyLine) {
            begin(entity);
        }
    }

    private void begin(MimeEntity parent) {
        above = Optional.of(parent);
        inHeader = true;
    }

    /** RFC 2046 section 5.1.1: a delimiter of any multipart that is open ends what is in it. */
    private boolean isDelimiter(int from, int to) throws IOException, UnencodableException {
        if (to - from < 3 || buffer[from] != '-' || buffer[from + 1] != '-') {
            return false;
        }
        for (MimeEntity multipart : multiparts) {
            int behind = from + multipart.boundary.length;
            if (behind <= to && Arrays.equals(
                    buffer, from, behind, multipart.boundary, 0, multipart.boundary.length)) {
                boolean closes = to - behind >= 2 && buffer[behind] == '-' && buffer[behind + 1] == '-';
                if (isBlank(closes ? behind + 2 : behind, to)) {
                    delimiter(multipart, closes, from, to);
                    return true;
                }
            }
        }
        return false;
    }

    private void delimiter(MimeEntity multipart, boolean closes, int from, int to)
            throws IOException, UnencodableException {
        if (inHeader) {
            endHeader(false);
        }
        listener.end(body.orElseThrow());
        listener.delimiter(buffer, from, to, lineEnd.length > 0);
        lineEnd = new byte[0];
        while (multiparts.peek() != multipart) {
            multiparts.pop();
        }
        if (closes) {
            multiparts.pop();
            body = Optional.of(multipart);
        } else {
            begin(multipart);
        }
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private void passLineEnd(MimeEntity entity) throws IOException {
        if (lineEnd.length > 0) {
            listener.lineEnd(entity, lineEnd);
            lineEnd = new byte[0];
        }
    }

    private void finish() throws IOException, UnencodableException {
        if (inHeader) {
            endHeader(false);
        }
        MimeEntity last = body.orElseThrow();
        passLineEnd(last);
        listener.end(last);
    }

    /** What is told. */
    interface Listener {

        /** A header, its lines with their folding; without an empty line behind it there is no body. */
        void header(MimeEntity entity, List<String> lines, boolean withEmptyLine)
                throws IOException, UnencodableException;

        /** A line, or a piece of one: of a body, or of what stands before or behind the parts of a multipart. */
        void text(MimeEntity entity, byte[] octets, int from, int to) throws IOException;

        /** The end of that line. */
        void lineEnd(MimeEntity entity, byte[] octets) throws IOException;

        /** The body is through. */
        void end(MimeEntity entity) throws IOException;

        /** A line between parts, or behind the last one, and whether a line end belongs to it, before it. */
        void delimiter(byte[] octets, int from, int to, boolean afterLineEnd) throws IOException;
    }
}
