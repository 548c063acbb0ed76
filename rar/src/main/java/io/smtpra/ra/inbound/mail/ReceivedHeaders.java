package io.smtpra.ra.inbound.mail;

import io.smtpra.MailContent;
import io.smtpra.mail.HeaderField;
import io.smtpra.mail.MailLimits;
import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of a received message or part. Those that nobody changes are written with the octets that came: the same
 * characters may have come as UTF-8 and as ISO 8859-1.
 */
final class ReceivedHeaders extends InternetHeaders {

    private static final byte[] LINE_END = {'\r', '\n'};

    private final MailPart part;
    /** The octets of each line that came, by the very string that stands for it. */
    private final Map<String, byte[]> received = new IdentityHashMap<>();
    private Optional<MailView> current = Optional.empty();
    private boolean changed;

    ReceivedHeaders(MailPart part) {
        this.part = part;
        take(part.headers());
    }

    private void take(List<HeaderField> fields) {
        // the places for headers to come, which a new message's headers have, go too
        headers.clear();
        received.clear();
        for (HeaderField field : fields) {
            String line = field.line();
            received.put(line, field.octets());
            headers.add(new InternetHeader(line));
        }
    }

    /** What the headers say now. */
    synchronized MailView view() {
        if (current.isEmpty()) {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            try {
                writeLines(octets, new String[0]);
                current = Optional.of(MailView.of(MailContent.of(octets.toByteArray())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return current.get();
    }

    boolean isChanged() {
        return changed;
    }

    /** Writes the header and the empty line behind it, without the fields of these names. */
    void writeTo(OutputStream out, String[] ignoreList) throws IOException {
        if (!changed && ignoresNone(ignoreList)) {
            try (InputStream in = part.openWhole()) {
                copy(in, part.headerSize(), out);
            }
        } else {
            writeLines(out, ignoreList);
            out.write(LINE_END);
        }
    }

    @Override
    public void setHeader(String name, String value) {
        change();
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        change();
        super.addHeader(name, value);
    }

    @Override
    public void addHeaderLine(String line) {
        change();
        super.addHeaderLine(line);
    }

    @Override
    public void removeHeader(String header) {
        change();
        super.removeHeader(header);
    }

    private void change() {
        if (!changed && isCutOff()) {
            takeAll();
        }
        changed = true;
        current = Optional.empty();
    }

    /** Whether there are more fields than the limit allows to be looked at. */
    private boolean isCutOff() {
        long known = received.values().stream().mapToLong(octets -> octets.length + LINE_END.length).sum();
        return known + LINE_END.length < part.headerSize();
    }

    /** What will be written field by field must have them all. */
    private void takeAll() {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try (InputStream in = part.openWhole()) {
            copy(in, part.headerSize(), header);
            MailLimits all = new MailLimits(1, 1, Math.max(1, header.size()), 1);
            take(MailView.of(MailContent.of(header.toByteArray()), all).headers());
        } catch (IOException e) {
            throw new UncheckedIOException("The mail cannot be read", e);
        }
    }

    private boolean ignoresNone(String[] ignoreList) {
        for (String name : ignoreList) {
            if (getHeader(name) != null) {
                return false;
            }
        }
        return true;
    }

    private void writeLines(OutputStream out, String[] ignoreList) throws IOException {
        Enumeration<String> lines = getNonMatchingHeaderLines(ignoreList);
        while (lines.hasMoreElements()) {
            String line = lines.nextElement();
            byte[] octets = received.get(line);
            out.write(octets == null ? line.getBytes(StandardCharsets.UTF_8) : octets);
            out.write(LINE_END);
        }
    }

    private static void copy(InputStream in, long count, OutputStream out) throws IOException {
        byte[] buffer = new byte[8 * 1024];
        long left = count;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("The mail ends within its header");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
