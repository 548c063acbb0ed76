package io.smtpra.ra.client;

import io.smtpra.Envelope;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.Conversation;
import io.smtpra.ra.client.net.Harmless;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Sends one mail: looks at its content, hands the envelope over, then the content (RFC 5321 section 3.3). */
final class MailTransfer {

    /** Where a chunk is collected, so that its length is known before it goes. */
    private static final int CHUNK = 64 * 1_024;

    private static final byte[] END = {'.', '\r', '\n'};

    private final Conversation conversation;
    private final ServerExtensions usable;
    // Kept from mail to mail; made when first needed.
    private byte[] window = {};
    private byte[] chunk = {};

    MailTransfer(Conversation conversation, ServerExtensions usable) {
        this.conversation = conversation;
        this.usable = usable;
    }

    SendResult send(Envelope envelope, SendableContent content, SendOptions options) throws SmtpException {
        ContentForm form = form(content);
        Demands demands = Demands.of(envelope, form);
        demands.check(conversation.peer(), usable, conversation.isHostVerified());
        long start = System.nanoTime();
        conversation.beginMail(options.budget(), options.firstReply());
        EnvelopeCommands commands = new EnvelopeCommands(envelope, demands, usable);
        List<RecipientOutcome> outcomes = new EnvelopeExchange(
                conversation, commands, envelope, !usable.chunking()).run(usable.pipelining());
        Reply reply = hand(form);
        if (!reply.isPositive()) {
            throw new SmtpException(Phase.END_OF_DATA, conversation.peer() + " refused the content", reply, outcomes);
        }
        if (reply.code() >= 300) {
            throw conversation.violated(Phase.END_OF_DATA, "it answers the content with " + reply.code());
        }
        return new SendResult(outcomes, reply, QueueId.in(reply), conversation.tls(), form.size(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Hands the envelope over and takes it back. */
    void rehearse(Envelope envelope, SendableContent content, SendOptions options) throws SmtpException {
        Demands demands = Demands.of(envelope, form(content));
        demands.check(conversation.peer(), usable, conversation.isHostVerified());
        conversation.beginMail(options.budget(), options.firstReply());
        EnvelopeCommands commands = new EnvelopeCommands(envelope, demands, usable);
        new EnvelopeExchange(conversation, commands, envelope, false).run(usable.pipelining());
        conversation.reset();
    }

    private ContentForm form(SendableContent content) throws SmtpException {
        if (window.length == 0) {
            window = new byte[SendableContent.WINDOW];
        }
        try {
            return content.formFor(usable, conversation.peer(), window);
        } catch (IOException e) {
            throw unreadable(Phase.PREPARE, e);
        }
    }

    private Reply hand(ContentForm content) throws SmtpException {
        try {
            return usable.chunking() ? chunks(content) : data(content);
        } catch (IOException e) {
            // There is no way to take back what was sent, except to let the end of the content be missing.
            conversation.abort();
            throw unreadable(Phase.DATA, e);
        }
    }

    private Reply data(ContentForm content) throws IOException, SmtpException {
        content.writeTo(conversation::content, true);
        conversation.content(END, 0, END.length);
        if (conversation.transcript().isOn()) {
            conversation.transcript().content(content.size());
            conversation.transcript().said(".");
        }
        conversation.flush(Phase.DATA, conversation.timeouts().dataBlock());
        return conversation.hear(Phase.END_OF_DATA, conversation.timeouts().endOfData());
    }

    private Reply chunks(ContentForm content) throws IOException, SmtpException {
        if (chunk.length == 0) {
            chunk = new byte[CHUNK];
        }
        ChunkedContent chunks = new ChunkedContent(conversation, usable.pipelining(), chunk);
        content.writeTo(chunks, false);
        return chunks.end();
    }

    /** Another time it may be there, unless it is the code that reads it that fails. */
    private static SmtpException unreadable(Phase phase, IOException e) {
        boolean passing = !(e.getCause() instanceof RuntimeException);
        return new SmtpException(phase, "The content cannot be read: " + Harmless.reason(e), passing, e);
    }
}
