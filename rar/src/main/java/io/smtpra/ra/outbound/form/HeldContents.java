package io.smtpra.ra.outbound.form;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import io.smtpra.compose.BrokenHeaderException;
import io.smtpra.compose.MessageWriter;
import io.smtpra.ra.message.Content;
import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.message.ContentWriter;
import io.smtpra.ra.message.HeldMailStore;
import io.smtpra.ra.message.StoreResult;
import jakarta.activation.UnsupportedDataTypeException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes the octets of mails over, so that the application may change or forget what it sent. */
public final class HeldContents {

    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    private final HeldMailStore store;
    private final MessageWriter writer = new MessageWriter();

    /**
     * Holds contents in a store.
     *
     * @param store where to
     */
    public HeldContents(HeldMailStore store) {
        this.store = store;
    }

    /** Takes a message over as it is now. */
    public Content take(MimeMessage message, String id, Envelope envelope) throws SmtpException {
        return take(out -> writer.write(message, id, envelope, out));
    }

    /** Takes octets over. */
    public Content take(MailContent octets) throws SmtpException {
        return take(out -> {
            try (InputStream in = ApplicationContent.of(octets).open()) {
                in.transferTo(out);
            }
        });
    }

    private Content take(Source source) throws SmtpException {
        ContentWriter writer = open();
        try {
            source.writeTo(new WriterStream(writer));
            StoreResult result = await(writer.finish());
            if (result instanceof StoreResult.Stored stored) {
                return stored.content();
            }
            throw unheld(result instanceof StoreResult.Failed failed
                    ? failed.cause() : new IOException("the mail is too large"));
        } catch (BrokenHeaderException e) {
            throw new SmtpException(SmtpException.Phase.PREPARE, e.getMessage(), false, e);
        } catch (UnheldException e) {
            throw unheld(e);
        } catch (MessagingException | RuntimeException
                | UnsupportedEncodingException | UnsupportedDataTypeException e) {
            throw new SmtpException(SmtpException.Phase.PREPARE, "The message cannot be written: " + e, false, e);
        } catch (IOException e) {
            throw ApplicationContent.unreadable(SmtpException.Phase.PREPARE, e);
        } finally {
            writer.abort();
        }
    }

    private ContentWriter open() throws SmtpException {
        try {
            return store.heldMails().newContent(Long.MAX_VALUE);
        } catch (IOException e) {
            throw unheld(e);
        }
    }

    private static SmtpException unheld(IOException e) {
        return new SmtpException(SmtpException.Phase.PREPARE, "The mail cannot be held: " + e.getMessage(), true, e);
    }

    private static <T> T await(CompletionStage<T> stage) throws UnheldException {
        try {
            return stage.toCompletableFuture().get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UnheldException(
                    "The spool directory did not take octets within " + MAX_WAIT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new UnheldException(e.getCause().toString(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnheldException("Interrupted while the mail was taken over", e);
        }
    }

    /** It is our store that fails, not the application's content. */
    private static final class UnheldException extends IOException {

        private static final long serialVersionUID = 1L;

        UnheldException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private interface Source {
        void writeTo(OutputStream out) throws IOException, MessagingException;
    }

    /** Where a content is written to. */
    private static final class WriterStream extends OutputStream {

        private final ContentWriter writer;

        WriterStream(ContentWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int count) throws IOException {
            await(writer.write(ByteBuffer.wrap(octets, offset, count)));
        }
    }
}
