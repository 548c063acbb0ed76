package io.smtpra.ra.client.transfer;

import io.smtpra.Envelope;
import io.smtpra.Recipient;
import io.smtpra.RecipientOutcome;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.net.ConnectionBrokenException.Kind;
import io.smtpra.ra.client.net.Conversation;
import io.smtpra.ra.client.net.Harmless;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends one mail: looks at its content, hands the envelope over, then the content (RFC 5321 section 3.3). */
public final class MailTransfer {

    private static final byte[] END = {'.', '\r', '\n'};

    private final Conversation conversation;
    private final ServerExtensions usable;
    private final AtomicBoolean bdatFails;
    // Kept from mail to mail; made when first needed.
    private byte[] window = {};
    private int mostRecipients;

    /**
     * For mails on one connection.
     *
     * @param usable the extensions that may be used
     * @param bdatFails set for all connections to this next hop when it does not understand BDAT
     */
    public MailTransfer(Conversation conversation, ServerExtensions usable, AtomicBoolean bdatFails) {
        this.conversation = conversation;
        this.usable = usable;
        this.bdatFails = bdatFails;
        this.mostRecipients = usable.maxRecipients().orElse(Integer.MAX_VALUE);
    }

    public SendResult send(Envelope envelope, SendableContent content, SendOptions options) throws SmtpException {
        ContentForm form = form(content);
        Demands demands = Demands.of(envelope, form);
        demands.check(conversation.peer(), usable, conversation.isHostVerified());
        form.prepare();
        long start = System.nanoTime();
        EnvelopeCommands commands = new EnvelopeCommands(envelope, demands, usable);
        Optional<Duration> firstReply = options.firstReply();
        List<RecipientOutcome> outcomes = new ArrayList<>(envelope.recipients().size());
        List<Recipient> left = envelope.recipients();
        Reply reply = null;
        while (!left.isEmpty()) {
            conversation.beginMail(options.budget(), firstReply);
            EnvelopeExchange exchange = exchange(commands, left, envelope, !usable.chunking());
            List<RecipientOutcome> part;
            try {
                part = exchange.run(usable.pipelining(), firstReply.isPresent());
                reply = taken(hand(form), part);
            } catch (SmtpException e) {
                if (outcomes.isEmpty()) {
                    throw e;
                }
                part = refusalsOfTheRest(envelope, left, outcomes, e);
            }
            left = rest(left, part);
            outcomes.addAll(part);
            firstReply = Optional.empty();
        }
        return new SendResult(outcomes, reply, QueueId.in(reply), conversation.tls(), form.size(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Where part of the recipients is enough, the rest was refused, each as it was said; else that is a failure. */
    private List<RecipientOutcome> refusalsOfTheRest(Envelope envelope, List<Recipient> rest,
            List<RecipientOutcome> before, SmtpException failure) throws SmtpException {
        if (!envelope.partial() || failure.reply().isEmpty()) {
            throw new PartlySentException(conversation.peer(), before, envelope.recipients().size(), failure);
        }
        List<RecipientOutcome> refusals = new ArrayList<>(rest.size());
        for (int i = 0; i < rest.size(); i++) {
            boolean refused = i < failure.recipients().size() && !failure.recipients().get(i).isAccepted();
            refusals.add(refused ? failure.recipients().get(i)
                    : new RecipientOutcome(rest.get(i).mailbox(), failure.reply().get()));
        }
        return refusals;
    }

    private EnvelopeExchange exchange(
            EnvelopeCommands commands, List<Recipient> left, Envelope envelope, boolean byData) {
        return new EnvelopeExchange(conversation, commands,
                left.subList(0, Math.min(mostRecipients, left.size())), envelope.partial(), byData);
    }

    /** Those for whom a further transaction is needed; as many go in each from now on as went in this one. */
    private List<Recipient> rest(List<Recipient> left, List<RecipientOutcome> part) {
        if (part.size() < left.size()) {
            mostRecipients = part.size();
        }
        return left.subList(part.size(), left.size());
    }

    private Reply taken(Reply reply, List<RecipientOutcome> outcomes) throws SmtpException {
        if (!reply.isPositive()) {
            throw new SmtpException(Phase.END_OF_DATA, conversation.peer() + " refused the content", reply, outcomes);
        }
        if (reply.code() >= 300) {
            throw conversation.violated(Phase.END_OF_DATA, "it answers the content with " + reply.code());
        }
        return reply;
    }

    /** Hands the envelope over and takes it back. */
    public void rehearse(Envelope envelope, SendableContent content, SendOptions options) throws SmtpException {
        Demands demands = Demands.of(envelope, form(content));
        demands.check(conversation.peer(), usable, conversation.isHostVerified());
        EnvelopeCommands commands = new EnvelopeCommands(envelope, demands, usable);
        Optional<Duration> firstReply = options.firstReply();
        List<Recipient> left = envelope.recipients();
        while (!left.isEmpty()) {
            conversation.beginMail(options.budget(), firstReply);
            List<RecipientOutcome> part = exchange(commands, left, envelope, false)
                    .run(usable.pipelining(), firstReply.isPresent());
            conversation.reset();
            left = rest(left, part);
            firstReply = Optional.empty();
        }
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
            return usable.chunking() ? chunk(content) : data(content);
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

    private Reply chunk(ContentForm content) throws IOException, SmtpException {
        BdatContent chunk = new BdatContent(conversation, content.size());
        chunk.begin();
        content.writeTo(chunk, false);
        try {
            return chunk.end();
        } catch (ConnectionBrokenException e) {
            if (e.kind() == Kind.MISUNDERSTOOD) {
                bdatFails.set(true);
            }
            throw e;
        }
    }

    /** Another time it may be there, unless it is the code that reads it that fails. */
    private static SmtpException unreadable(Phase phase, IOException e) {
        boolean passing = !(e.getCause() instanceof RuntimeException);
        return new SmtpException(phase, "The content cannot be read: " + Harmless.reason(e), passing, e);
    }
}
