package io.smtpra.mail;

import io.smtpra.mail.PartNode.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the parts of a mail in one pass over its octets, those within messages within it included. Nothing is decoded.
 *
 * <p>A boundary ends all that lies within its multipart, whether that has ended or not (RFC 2046 section 5.1.2); the
 * mail's end ends everything.
 */
final class StructureScanner {

    private static final Set<String> MESSAGES = Set.of("message/rfc822", "message/global", "message/news");
    private static final int LONGEST_BOUNDARY = 1000;
    private static final byte[] NO_BOUNDARY = {};

    private final LineReader lines;
    private final MailLimits limits;
    private final ArrayDeque<Open> open = new ArrayDeque<>();
    private int parts;
    private int headerOctets;
    private boolean full;
    private boolean inHeader;
    private long headerStart;
    private int lastLineEnd;

    private StructureScanner(InputStream in, MailLimits limits) {
        this.lines = new LineReader(in);
        this.limits = limits;
    }

    /** All parts. */
    static PartNode scan(InputStream in, MailLimits limits) throws IOException {
        return new StructureScanner(in, limits).run(false);
    }

    /** The outermost header alone; the node's body is not looked at, and its end not known. */
    static PartNode header(InputStream in, MailLimits limits) throws IOException {
        return new StructureScanner(in, limits).run(true);
    }

    private PartNode run(boolean headerOnly) throws IOException {
        begin(0, "text/plain");
        while (lines.next()) {
            if (inHeader) {
                headerLine();
                if (headerOnly && !inHeader) {
                    break;
                }
            } else {
                bodyLine();
            }
            lastLineEnd = lines.lineEnd();
        }
        long end = lines.end();
        if (inHeader) {
            endHeader(end, end);
        }
        return closeAll(end);
    }

    private void begin(long start, String defaultType) {
        Open part = new Open(start, defaultType);
        part.opaque = open.size() > limits.maxDepth();
        parts++;
        if (parts >= limits.maxParts()) {
            part.opaque = true;
            full = true;
        }
        open.push(part);
        inHeader = true;
        headerStart = start;
        lines.capture(limits.maxHeaderOctets() - headerOctets);
    }

    private void headerLine() {
        if (lines.length() == 0) {
            endHeader(lines.start(), lines.end());
        } else if (isBoundary() || !isHeader()) {
            // the empty line is missing: the body begins here, which may be that of a message with a header of its own
            endHeader(lines.start(), lines.start());
            if (inHeader) {
                headerLine();
            } else {
                bodyLine();
            }
        }
    }

    /** A field's name and colon, the continuation of one, or the line that mailbox files begin with. */
    private boolean isHeader() {
        byte first = lines.octet(0);
        if (first == ' ' || first == '\t') {
            return true;
        }
        if (startsWith("From ") || startsWith(">From ")) {
            return true;
        }
        int at = 0;
        while (at < lines.length() && lines.octet(at) > ' ' && lines.octet(at) != ':') {
            at++;
        }
        int nameEnd = at;
        while (at < lines.length() && (lines.octet(at) == ' ' || lines.octet(at) == '\t')) {
            at++;
        }
        return nameEnd > 0 && at < lines.length() && lines.octet(at) == ':';
    }

    private boolean startsWith(String text) {
        if (lines.length() < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (lines.octet(i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void endHeader(long end, long bodyStart) {
        inHeader = false;
        Open part = open.element();
        byte[] captured = lines.captured();
        int length = (int) Math.min(end - headerStart, captured.length);
        headerOctets += length;
        part.header = Arrays.copyOf(captured, length);
        part.opaque |= end - headerStart > captured.length;
        part.bodyStart = bodyStart;
        if (part.opaque) {
            part.kind = Kind.OPAQUE;
            return;
        }
        List<HeaderField> fields = HeaderField.parse(part.header);
        Parameters type = MailPart.type(fields, part.defaultType);
        if (type.value().startsWith("multipart/")) {
            part.kind = Kind.MULTIPART;
            part.childType = type.value().equals("multipart/digest") ? "message/rfc822" : "text/plain";
            part.boundary = type.raw("boundary").map(StructureScanner::boundary).orElse(NO_BOUNDARY);
            part.anyBoundary = part.boundary == NO_BOUNDARY;
        } else if (MESSAGES.contains(type.value()) && !MailPart.isEncoded(fields)) {
            part.kind = Kind.MESSAGE;
            begin(bodyStart, "text/plain");
        }
    }

    /** A boundary may be of octets that are no characters: they are compared as they came. */
    private static byte[] boundary(String text) {
        String stripped = text.stripTrailing();
        if (stripped.isEmpty() || stripped.length() > LONGEST_BOUNDARY) {
            return NO_BOUNDARY;
        }
        return ("--" + stripped).getBytes(StandardCharsets.UTF_8);
    }

    private boolean isBoundary() {
        if (lines.length() < 2 || lines.octet(0) != '-' || lines.octet(1) != '-' || full) {
            return false;
        }
        return open.stream().anyMatch(part -> part.matches(lines));
    }

    private void bodyLine() {
        if (lines.length() < 2 || lines.octet(0) != '-' || lines.octet(1) != '-' || full) {
            return;
        }
        Optional<Open> ended = open.stream().filter(part -> part.matches(lines)).findFirst();
        Open innermost = open.element();
        if (ended.isPresent()) {
            boundary(ended.get());
        } else if (innermost.anyBoundary && innermost.guess(lines)) {
            boundary(innermost);
        }
    }

    private void boundary(Open multipart) {
        while (open.element() != multipart) {
            close(open.pop(), lines.start() - lastLineEnd);
        }
        multipart.sawBoundary = true;
        if (multipart.isLast(lines)) {
            multipart.boundary = NO_BOUNDARY;
        } else {
            begin(lines.end(), multipart.childType);
        }
    }

    private void close(Open part, long end) {
        open.element().children.add(part.node(end));
    }

    private PartNode closeAll(long end) {
        while (open.size() > 1) {
            close(open.pop(), end);
        }
        return open.pop().node(end);
    }

    /** A part whose end has not come. */
    private static final class Open {

        private final long start;
        private final String defaultType;
        private final List<PartNode> children = new ArrayList<>();
        private Kind kind = Kind.LEAF;
        private byte[] header = {};
        private long bodyStart;
        private boolean opaque;
        private String childType = "";
        /** With its two hyphens; empty once the last one has come. */
        private byte[] boundary = NO_BOUNDARY;
        /** Its header names no boundary: the first line that looks like one is it. */
        private boolean anyBoundary;
        private boolean sawBoundary;

        Open(long start, String defaultType) {
            this.start = start;
            this.defaultType = defaultType;
        }

        PartNode node(long end) {
            boolean text = kind == Kind.MULTIPART && !sawBoundary;
            return new PartNode(text ? Kind.TEXT : kind, start, header, bodyStart, Math.max(bodyStart, end),
                    defaultType,
                    List.copyOf(children));
        }

        boolean matches(LineReader line) {
            int length = boundary.length;
            if (length == 0 || line.length() < length || line.octet(length - 1) != boundary[length - 1]) {
                return false;
            }
            for (int i = 2; i < length; i++) {
                if (line.octet(i) != boundary[i]) {
                    return false;
                }
            }
            return isWhite(line, isLast(line) ? length + 2 : length);
        }

        boolean isLast(LineReader line) {
            int length = boundary.length;
            return line.length() >= length + 2 && line.octet(length) == '-' && line.octet(length + 1) == '-';
        }

        /** Not a line of hyphens, which people draw. */
        boolean guess(LineReader line) {
            int length = line.length();
            while (length > 0 && isWhite(line, length - 1)) {
                length--;
            }
            boolean drawn = true;
            byte[] looksLike = new byte[Math.min(length, LONGEST_BOUNDARY)];
            for (int i = 0; i < looksLike.length; i++) {
                looksLike[i] = line.octet(i);
                drawn &= looksLike[i] == '-' || looksLike[i] == ' ';
            }
            if (drawn || length > LONGEST_BOUNDARY) {
                return false;
            }
            boundary = looksLike;
            anyBoundary = false;
            return true;
        }

        private static boolean isWhite(LineReader line, int from) {
            for (int i = from; i < line.length(); i++) {
                if (line.octet(i) != ' ' && line.octet(i) != '\t') {
                    return false;
                }
            }
            return true;
        }
    }
}
