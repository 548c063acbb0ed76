package io.smtpra.ra.outbound.form;

import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.net.Harmless;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** Content that is read by code of the application: what goes wrong there is told apart from our own faults. */
public final class ApplicationContent {

    private ApplicationContent() {}

    /**
     * Guards a content.
     *
     * @param content the application's
     * @return the same; whatever it throws is an {@link IOException}
     */
    public static MailContent of(MailContent content) {
        return new MailContent() {
            @Override
            public InputStream open() throws IOException {
                return new Guarded(guarded(content::open));
            }

            @Override
            public OptionalLong length() throws IOException {
                return guarded(content::length);
            }
        };
    }

    /**
     * What to tell of it. Another time the content may be there; but not if it is the application's code that fails.
     *
     * @param phase how far the sending came
     * @param e what a guarded content has thrown
     * @return the exception to throw
     */
    public static SmtpException unreadable(SmtpException.Phase phase, IOException e) {
        boolean passing = !(e.getCause() instanceof RuntimeException);
        return new SmtpException(phase, "The content cannot be read: " + Harmless.reason(e), passing, e);
    }

    private static <T> T guarded(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (RuntimeException e) {
            throw new IOException(e.toString(), e);
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static final class Guarded extends FilterInputStream {

        Guarded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return guarded(super::read);
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            return guarded(() -> in.read(octets, offset, length));
        }

        @Override
        public void close() throws IOException {
            guarded(() -> {
                in.close();
                return true;
            });
        }
    }
}
