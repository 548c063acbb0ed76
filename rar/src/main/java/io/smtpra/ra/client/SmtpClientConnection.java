package io.smtpra.ra.client;

import io.smtpra.Envelope;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.net.Conversation;
import io.smtpra.ra.client.transfer.MailTransfer;
import io.smtpra.ra.client.transfer.PeerOffer;
import io.smtpra.ra.client.transfer.SendOptions;
import io.smtpra.ra.client.transfer.SendResult;
import io.smtpra.ra.client.transfer.SendableContent;
import io.smtpra.ra.client.transfer.ServerExtensions;
import java.io.Closeable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session with the next hop, ready to send mail. Used by one thread at a time; {@link #abort()} alone may be called by
 * any.
 */
public final class SmtpClientConnection implements Closeable {

    private final Conversation conversation;
    private final ServerExtensions offered;
    private final ServerExtensions usable;
    private final MailTransfer transfer;

    SmtpClientConnection(Conversation conversation, ServerExtensions offered, ServerExtensions usable,
            AtomicBoolean bdatFails) {
        this.conversation = conversation;
        this.offered = offered;
        this.usable = usable;
        this.transfer = new MailTransfer(conversation, usable, bdatFails);
    }

    /**
     * What the next hop takes.
     *
     * @return what this session has learnt, for checks before another
     */
    public PeerOffer offer() {
        return new PeerOffer(conversation.peer(), usable, conversation.isHostVerified());
    }

    /**
     * What the next hop offers, after TLS if TLS was negotiated.
     *
     * @return its extensions
     */
    public ServerExtensions extensions() {
        return offered;
    }

    /**
     * The facts of the encryption.
     *
     * @return the facts, absent in plain text
     */
    public Optional<TlsFacts> tls() {
        return conversation.tls();
    }

    /**
     * Sends a mail.
     *
     * @param envelope who sends it to whom
     * @param content the octets
     * @param options how to send it
     * @return what the next hop said
     * @throws ConnectionBrokenException if the connection is of no more use
     * @throws SmtpException if the mail was refused or its content could not be read; {@link #isOpen()} tells whether the
     *     connection can be used on
     */
    public SendResult send(Envelope envelope, SendableContent content, SendOptions options) throws SmtpException {
        try {
            return transfer.send(envelope, content, options);
        } catch (RuntimeException | Error e) {
            // Somewhere in the middle, perhaps: nobody knows what the next reply would answer.
            conversation.abort();
            throw e;
        }
    }

    /**
     * Hands over the envelope of a mail that is not sent yet, and takes it back (RFC 5321 section 4.1.1.5): what is refused
     * for its sender or its recipients is known before the content of any other mail has gone.
     *
     * @param envelope who sends it to whom
     * @param content the octets, of which none goes
     * @param options how to send it
     * @throws ConnectionBrokenException if the connection is of no more use
     * @throws SmtpException if it was refused; {@link #isOpen()} tells whether the connection can be used on
     */
    public void rehearse(Envelope envelope, SendableContent content, SendOptions options) throws SmtpException {
        try {
            transfer.rehearse(envelope, content, options);
        } catch (RuntimeException | Error e) {
            conversation.abort();
            throw e;
        }
    }

    /**
     * Whether the connection can be used on, as far as its own past tells.
     *
     * @return false after it broke, was closed or had to be given up
     */
    public boolean isOpen() {
        return conversation.isOpen();
    }

    /**
     * Whether the peer has closed the connection or said something unasked. Seen without talking and without waiting.
     *
     * @return true if the connection is of no more use
     */
    public boolean isStale() {
        return conversation.isStale();
    }

    /** Says {@code QUIT} if nothing is under way, and closes. Never waits, never throws. */
    @Override
    public void close() {
        conversation.quit();
    }

    /** Closes at once without a word. May be called by any thread; whoever waits on the connection fails. */
    public void abort() {
        conversation.abort();
    }
}
