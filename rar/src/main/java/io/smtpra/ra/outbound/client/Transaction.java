package io.smtpra.ra.outbound.client;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Sends one mail: looks at its content, hands the envelope over, then the content (RFC 5321 section 3.3). */
final class Transaction {

    private static final byte[] END = {'.', '\r', '\n'};

    private final Dialogue dialogue;
    private final ServerExtensions usable;
    private final Buffers buffers;

    Transaction(Dialogue dialogue, ServerExtensions usable, Buffers buffers) {
        this.dialogue = dialogue;
        this.usable = usable;
        this.buffers = buffers;
    }

    SendResult send(Envelope envelope, MailContent content, SendOptions options) throws SmtpException {
        PreparedContent prepared = prepare(content);
        Demands demands = Demands.of(envelope, prepared.scan());
        demands.check(dialogue.peer(), usable, dialogue.tls());
        if (!demands.isBodyTakenBy(usable)) {
            prepared = convert(content, demands);
            demands = demands.converted(prepared.scan());
            demands.check(dialogue.peer(), usable, dialogue.tls());
        }
        long start = System.nanoTime();
        dialogue.beginMail();
        EnvelopeCommands commands = new EnvelopeCommands(envelope, demands, usable);
        List<RecipientOutcome> outcomes = new EnvelopeExchange(
                dialogue, commands, envelope, options, !usable.chunking()).run(usable.pipelining());
        Reply reply = hand(prepared, demands.body() == BodyType.BINARY_MIME);
        if (!reply.isPositive()) {
            throw new SmtpException(Phase.END_OF_DATA, dialogue.peer() + " refused the content", reply, outcomes);
        }
        if (reply.code() >= 300) {
            throw dialogue.violated(Phase.END_OF_DATA, "it answers the content with " + reply.code());
        }
        return new SendResult(outcomes, reply, QueueId.in(reply), dialogue.tls(), demands.size().getAsLong(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    private PreparedContent prepare(MailContent content) throws SmtpException {
        try {
            return PreparedContent.read(content, buffers.window());
        } catch (IOException e) {
            throw unreadable(Phase.PREPARE, e);
        }
    }

    /** RFC 6152 section 3: what the next hop does not take is encoded, or refused. */
    private PreparedContent convert(MailContent content, Demands demands) throws SmtpException {
        String refusal = "The mail's content is " + demands.body().parameterValue() + ", which " + dialogue.peer()
                + " does not take, and it cannot be encoded";
        if (demands.size().getAsLong() > SevenBitMail.MAX_SIZE) {
            throw Demands.refusal(refusal + ": it has more than " + SevenBitMail.MAX_SIZE + " octets");
        }
        try {
            PreparedContent converted = PreparedContent.read(SevenBitMail.of(content), buffers.window());
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
            dialogue.abort();
            throw unreadable(Phase.DATA, e);
        }
    }

    private Reply data(PreparedContent content) throws IOException, SmtpException {
        content.writeLines(dialogue::content, true);
        dialogue.content(END, 0, END.length);
        if (dialogue.transcript().isOn()) {
            dialogue.transcript().content(content.scan().repairedSize());
            dialogue.transcript().said(".");
        }
        dialogue.flush(Phase.DATA, dialogue.timeouts().dataBlock());
        return dialogue.hear(Phase.END_OF_DATA, dialogue.timeouts().endOfData());
    }

    private Reply chunks(PreparedContent content, boolean binary) throws IOException, SmtpException {
        ChunkedContent chunks = new ChunkedContent(dialogue, usable.pipelining(), buffers.chunk());
        if (binary) {
            content.writeRaw(chunks);
        } else {
            content.writeLines(chunks, false);
        }
        return chunks.end();
    }

    private static SmtpException unreadable(Phase phase, IOException e) {
        return new SmtpException(phase, "The content cannot be read: " + Harmless.reason(e), false, e);
    }
}
