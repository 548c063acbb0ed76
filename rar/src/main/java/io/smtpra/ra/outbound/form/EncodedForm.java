package io.smtpra.ra.outbound.form;

import io.smtpra.BodyType;
import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.transfer.ContentForm;
import io.smtpra.ra.client.transfer.ContentSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A content that is encoded on its way out, for it cannot go as it is. It is read anew each time, and never held; what
 * need not change goes as it is, to the octet.
 */
final class EncodedForm implements ContentForm {

    private static final int BUFFER = 8 * 1_024;

    private final MailContent content;
    private final FormDemands demands;
    private final MailSurvey survey;
    private final byte[] window;
    private final ContentScan scan = new ContentScan();

    /**
     * Finds out how to encode it, and what comes out.
     *
     * @param window where it is read to; it must stay untouched until it has been sent
     * @throws UnencodableException if it cannot be encoded
     */
    EncodedForm(MailContent content, FormDemands demands, byte[] window) throws IOException, UnencodableException {
        this.content = content;
        this.demands = demands;
        this.window = window;
        survey = MailSurvey.of(content, demands, window);
        pass(scan::add);
        scan.end();
        if (scan.longestLine() > ContentScan.MAX_LINE) {
            throw new UnencodableException("a line of it stays as long");
        }
    }

    @Override
    public long size() {
        return scan.repairedSize();
    }

    @Override
    public BodyType bodyType() {
        return demands.sevenBit() || !scan.isEightBitBody() ? BodyType.SEVEN_BIT : BodyType.EIGHT_BIT_MIME;
    }

    @Override
    public boolean needsUtf8() {
        return !demands.asciiHeader() && scan.isUtf8Header();
    }

    @Override
    public void writeTo(ContentSink sink, boolean dotStuffing) throws IOException, SmtpException {
        LineRepair repair = new LineRepair(sink, dotStuffing);
        try {
            pass((octets, from, to) -> {
                try {
                    repair.write(octets, from, to);
                } catch (SmtpException e) {
                    throw new SinkFailure(e);
                }
            });
        } catch (SinkFailure e) {
            throw e.failure;
        } catch (UnencodableException e) {
            throw new IOException("It has changed since it was looked through: " + e.getMessage(), e);
        }
        repair.end();
    }

    private void pass(Taker taker) throws IOException, UnencodableException {
        OutputStream out = new BufferedOutputStream(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                taker.take(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int offset, int count) throws IOException {
                taker.take(octets, offset, offset + count);
            }
        }, BUFFER);
        try (InputStream in = content.open()) {
            new MimeReader(in, window, new MailEncoder(out, survey, demands)).run();
        }
        out.flush();
    }

    private interface Taker {
        void take(byte[] octets, int from, int to) throws IOException;
    }

    /** Carries what the sink throws through streams. */
    private static final class SinkFailure extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient SmtpException failure;

        SinkFailure(SmtpException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
