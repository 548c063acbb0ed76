package io.smtpra.ra.outbound.form;

import io.smtpra.BodyType;
import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import io.smtpra.compose.MessageIdFinder;
import io.smtpra.ra.client.transfer.ContentForm;
import io.smtpra.ra.client.transfer.ContentSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A content that has been looked through before it is sent. One that fits into the window is held there and read once;
 * a longer one is read twice, and never held.
 */
final class PreparedContent implements ContentForm {

    private final MailContent content;
    private final boolean binary;
    private final byte[] window;
    private final ContentScan scan = new ContentScan();
    private final MessageIdFinder messageId = new MessageIdFinder();
    private final int held;
    private final boolean whole;

    private PreparedContent(MailContent content, boolean binary, byte[] window) throws IOException {
        this.content = content;
        this.binary = binary;
        this.window = window;
        try (InputStream in = content.open()) {
            held = in.readNBytes(window, 0, window.length);
            scan.add(window, 0, held);
            messageId.look(window, 0, held);
            int read = held < window.length ? -1 : in.read(window, 0, 1);
            whole = read < 0;
            while (read >= 0) {
                scan.add(window, 0, read);
                read = in.read(window, 0, window.length);
            }
        }
        scan.end();
    }

    /**
     * Looks through a content. The window must stay untouched until it has been sent.
     *
     * @param binary whether it goes octet for octet, as BINARYMIME (RFC 3030 section 3)
     */
    static PreparedContent read(MailContent content, boolean binary, byte[] window) throws IOException {
        return new PreparedContent(content, binary, window);
    }

    ContentScan scan() {
        return scan;
    }

    /** The {@code Message-ID}, fit for a line of the log, where it is in what the window took first. */
    Optional<String> messageId() {
        return messageId.found();
    }

    @Override
    public long size() {
        return binary ? scan.octets() : scan.repairedSize();
    }

    @Override
    public BodyType bodyType() {
        BodyType lines = scan.isEightBitBody() ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT;
        return binary ? BodyType.BINARY_MIME : lines;
    }

    @Override
    public boolean needsUtf8() {
        return scan.isUtf8Header();
    }

    @Override
    public void writeTo(ContentSink sink, boolean dotStuffing) throws IOException, SmtpException {
        if (binary) {
            read((in, from, to) -> sink.put(in, from, to - from));
            return;
        }
        if (whole && scan.hasGoodLines() && !(dotStuffing && scan.hasLeadingDot())) {
            sink.put(window, 0, held);
            return;
        }
        LineRepair repair = new LineRepair(sink, dotStuffing);
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
