package io.smtpra.ra.client;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.Conversation;
import io.smtpra.ra.client.net.Harmless;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Sends one mail: looks at its content, hands the envelope over, then the content (RFC 5321 section 3.3). */
final class MailTransfer {

    /** Where content is read to. */
    private static final int WINDOW = 16 * 1_024;

    /** Where a chunk is collected, so that its length is known before it goes. */
    private static final int CHUNK = 64 * 1_024;

    private static final byte[] END = {'.', '\r', '\n'};

    private final Conversation conversation;
    private final ServerExtensions usable;
    private byte[] window = {};
    private byte[] chunk = {};

    MailTransfer(Conversation conversation, ServerExtensions usable) {
        this.conversation = conversation;
        this.usable = usable;
    }

    SendResult send(Envelope envelope, MailContent content, SendOptions options) throws SmtpException {
        PreparedContent prepared = prepare(content);
        Demands demands = Demands.of(envelope, prepared.scan());
        demands.check(conversation.peer(), usable, conversation.tls());
        if (!demands.isBodyTakenBy(usable)) {
            prepared = convert(content, demands);
            demands = demands.converted(prepared.scan());
            demands.check(conversation.peer(), usable, conversation.tls());
        }
        long start = System.nanoTime();
        conversation.beginMail();
        EnvelopeCommands commands = new EnvelopeCommands(envelope, demands, usable);
        List<RecipientOutcome> outcomes = new EnvelopeExchange(
                conversation, commands, envelope, options, !usable.chunking()).run(usable.pipelining());
        Reply reply = hand(prepared, demands.body() == BodyType.BINARY_MIME);
        if (!reply.isPositive()) {
            throw new SmtpException(Phase.END_OF_DATA, conversation.peer() + " refused the content", reply, outcomes);
        }
        if (reply.code() >= 300) {
            throw conversation.violated(Phase.END_OF_DATA, "it answers the content with " + reply.code());
        }
        return new SendResult(outcomes, reply, QueueId.in(reply), conversation.tls(), demands.size().getAsLong(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    private PreparedContent prepare(MailContent content) throws SmtpException {
        try {
            return PreparedContent.read(content, window());
        } catch (IOException e) {
            throw unreadable(Phase.PREPARE, e);
        }
    }

    /** RFC 6152 section 3: what the next hop does not take is encoded, or refused. */
    private PreparedContent convert(MailContent content, Demands demands) throws SmtpException {
        String refusal = "The mail's content is " + demands.body().parameterValue() + ", which " + conversation.peer()
                + " does not take, and it cannot be encoded";
        if (demands.size().getAsLong() > SevenBitMail.MAX_SIZE) {
            throw Demands.refusal(refusal + ": it has more than " + SevenBitMail.MAX_SIZE + " octets");
        }
        try {
            PreparedContent converted = PreparedContent.read(SevenBitMail.of(content), window());
            if (converted.scan().isEightBitHeader() || converted.scan().isEightBitBody()) {
                throw Demands.refusal(refusal + ": it has octets above 127 outside the content of its parts");
            }
            return converted;
        } catch (MessagingException | IllegalStateException e) {
            throw new SmtpException(Phase.PREPARE, refusal + ": " + Harmless.reason(e), false, e);
        } catch (IOException e) {
            throw unreadable(Phase.PREPARE, e);
        }
    }

    private Reply hand(PreparedContent content, boolean binary) throws SmtpException {
        try {
            return usable.chunking() ? chunks(content, binary) : data(content);
        } catch (IOException e) {
            // There is no way to take back what was sent, except to let the end of the content be missing.
            conversation.abort();
            throw unreadable(Phase.DATA, e);
        }
    }

    private Reply data(PreparedContent content) throws IOException, SmtpException {
        content.writeLines(conversation::content, true);
        conversation.content(END, 0, END.length);
        if (conversation.transcript().isOn()) {
            conversation.transcript().content(content.scan().repairedSize());
            conversation.transcript().said(".");
        }
        conversation.flush(Phase.DATA, conversation.timeouts().dataBlock());
        return conversation.hear(Phase.END_OF_DATA, conversation.timeouts().endOfData());
    }

    private Reply chunks(PreparedContent content, boolean binary) throws IOException, SmtpException {
        ChunkedContent chunks = new ChunkedContent(conversation, usable.pipelining(), chunk());
        if (binary) {
            content.writeRaw(chunks);
        } else {
            content.writeLines(chunks, false);
        }
        return chunks.end();
    }

    // Kept from mail to mail; made when first needed.

    private byte[] window() {
        if (window.length == 0) {
            window = new byte[WINDOW];
        }
        return window;
    }

    private byte[] chunk() {
        if (chunk.length == 0) {
            chunk = new byte[CHUNK];
        }
        return chunk;
    }

    private static SmtpException unreadable(Phase phase, IOException e) {
        return new SmtpException(phase, "The content cannot be read: " + Harmless.reason(e), false, e);
    }
}
