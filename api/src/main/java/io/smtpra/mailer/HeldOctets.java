package io.smtpra.mailer;

import io.smtpra.MailContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What a builder holds in memory, up to a bound. */
final class HeldOctets {

    private final int most;
    private int held;

    HeldOctets(int most) {
        this.most = most;
    }

    /** All of a stream, which is held when it is {@linkplain #keep kept}. */
    byte[] read(InputStream in) {
        try {
            byte[] octets = in.readNBytes(most - held + 1);
            check(octets.length);
            return octets;
        } catch (IOException e) {
            throw new UncheckedIOException("An attachment cannot be read: " + e.getMessage(), e);
        }
    }

    /** A copy: arrays belong to who gave them. */
    MailContent keep(byte[] octets) {
        check(octets.length);
        held += octets.length;
        return MailContent.of(octets.clone());
    }

    private void check(int more) {
        if (more > most - held) {
            throw new IllegalArgumentException("Streams and arrays of a mail have at most " + most
                    + " octets together: give a Path, or a content that can be read again, as () -> stream");
        }
    }
}
