package io.smtpra.ra.client;

import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A content that has been looked through before it is sent. One that fits into the window is held there and read once; a
 * longer one is read twice, and never held.
 */
final class PreparedContent {

    private final MailContent content;
    private final byte[] window;
    private final ContentScan scan = new ContentScan();
    private final int held;
    private final boolean whole;

    private PreparedContent(MailContent content, byte[] window) throws IOException {
        this.content = content;
        this.window = window;
        try (InputStream in = content.open()) {
            held = in.readNBytes(window, 0, window.length);
            scan.add(window, 0, held);
            int read = held < window.length ? -1 : in.read(window, 0, 1);
            whole = read < 0;
            while (read >= 0) {
                scan.add(window, 0, read);
                read = in.read(window, 0, window.length);
            }
        }
        scan.end();
    }

    /** Looks through a content. The window must stay untouched until it has been sent. */
    static PreparedContent read(MailContent content, byte[] window) throws IOException {
        return new PreparedContent(content, window);
    }

    ContentScan scan() {
        return scan;
    }

    /** How many octets will be sent, without dot-stuffing. */
    long size(boolean binary) {
        return binary ? scan.octets() : scan.repairedSize();
    }

    /** Passes it on as it is. */
    void writeRaw(ContentSink sink) throws IOException, SmtpException {
        read((in, from, to) -> sink.put(in, from, to - from));
    }

    /** Passes it on with its lines repaired, and dots stuffed if wanted. */
    void writeLines(ContentSink sink, boolean stuffing) throws IOException, SmtpException {
        if (whole && scan.hasGoodLines() && !(stuffing && scan.hasLeadingDot())) {
            sink.put(window, 0, held);
            return;
        }
        LineRepair repair = new LineRepair(sink, stuffing);
        read(repair::write);
        repair.end();
    }

    private void read(Part part) throws IOException, SmtpException {
        if (whole) {
            part.take(window, 0, held);
            return;
        }
        try (InputStream in = content.open()) {
            for (int read = in.read(window); read >= 0; read = in.read(window)) {
                part.take(window, 0, read);
            }
        }
    }

    private interface Part {
        void take(byte[] in, int from, int to) throws SmtpException;
    }
}
