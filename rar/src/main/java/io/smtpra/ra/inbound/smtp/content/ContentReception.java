package io.smtpra.ra.inbound.smtp.content;

import io.smtpra.compose.MessageIdFinder;
import io.smtpra.ra.inbound.listener.framing.ContentFaults;
import io.smtpra.ra.inbound.listener.protocol.ContentReceiver;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.BareNewlinePolicy;
import io.smtpra.ra.inbound.smtp.session.MailLog;
import io.smtpra.ra.inbound.smtp.session.MailTransaction;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.inbound.smtp.session.UnfinishedContent;
import io.smtpra.ra.log.SessionMessages;
import io.smtpra.ra.message.Content;
import io.smtpra.ra.message.ContentWriter;
import io.smtpra.ra.message.StoreResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.api.Response;

/**
 * Takes the content of one mail, in one piece ({@code DATA}) or in several ({@code BDAT}), behind our
 * {@code Received:} header; and hands the mail to the sink. Touched by the connection's event loop alone.
 */
public final class ContentReception implements ContentReceiver, UnfinishedContent {

    private final ContentContext context;
    private final SmtpSession session;
    private final MailTransaction transaction;
    private final ContentWriter writer;
    private final int headerLength;
    private final ReceivedCounter hops = new ReceivedCounter();
    private final MessageIdFinder messageId = new MessageIdFinder();
    private boolean lastChunk = true;
    private boolean bareNewline;
    private boolean ended;
    /** When the content was whole, by the system's nanoseconds. */
    private long endedAt;

    public ContentReception(ContentContext context, SmtpSession session, MailTransaction transaction) {
        this.context = context;
        this.session = session;
        this.transaction = transaction;
        byte[] header = ReceivedHeader.of(context.config().hostName(), session, transaction,
                context.clock().instant());
        headerLength = header.length;
        writer = context.store().newContent(session.limits().maxMessageSize() + headerLength);
        writer.write(ByteBuffer.wrap(header));
    }

    /** The chunk that comes now, whether it is the last. */
    public ContentReceiver chunk(boolean last) {
        lastChunk = last;
        return this;
    }

    @Override
    public CompletionStage<Void> receive(ByteBuffer octets) {
        hops.count(octets);
        messageId.look(octets);
        return writer.write(octets);
    }

    @Override
    public CompletionStage<Response> complete(ContentFaults faults) {
        bareNewline |= faults.any();
        transaction.messageId(messageId.found());
        if (isTooBig()) {
            return refuse(SmtpReplies.TOO_BIG);
        }
        return lastChunk ? contentEnded() : chunkEnded();
    }

    @Override
    public void abort() {
        session.endTransaction("connection ended");
    }

    private CompletionStage<Response> chunkEnded() {
        Optional<IOException> failure = writer.failure();
        if (failure.isPresent()) {
            logUnstored(failure.get());
            return refuse(SmtpReplies.NO_STORAGE);
        }
        return now(SmtpReplies.CHUNK_OK);
    }

    private CompletionStage<Response> contentEnded() {
        if (bareNewline && context.config().bareNewline() == BareNewlinePolicy.REJECT) {
            return refuse(SmtpReplies.BARE_NEWLINE);
        }
        if (hops.count() > session.limits().maxReceivedHeaders()) {
            return refuse(SmtpReplies.LOOP);
        }
        ended = true;
        endedAt = System.nanoTime();
        return SmtpSession.stage(session.whenDone(writer.finish(), this::stored));
    }

    @Override
    public void abandon(String reason) {
        if (!ended) {
            ended = true;
            writer.abort();
            transaction.messageId(messageId.found());
            MailLog.lost(session, transaction, size(), reason);
        }
    }

    private boolean isTooBig() {
        return size() > session.limits().maxMessageSize();
    }

    private long size() {
        return writer.size() - headerLength;
    }

    private CompletionStage<Response> refuse(SmtpReply reply) {
        ended = true;
        writer.abort();
        return now(finished(reply));
    }

    private Response stored(StoreResult result) {
        if (result instanceof StoreResult.Stored stored) {
            return deliver(stored.content());
        }
        if (result instanceof StoreResult.Failed failed) {
            logUnstored(failed.cause());
            return finished(SmtpReplies.NO_STORAGE);
        }
        return finished(SmtpReplies.TOO_BIG);
    }

    private void logUnstored(IOException cause) {
        SessionMessages.LOG.contentNotStored(session.getSessionID(), transaction.id(), cause.toString());
    }

    private Response deliver(Content content) {
        Instant receivedAt = context.clock().instant();
        ReceivedMail mail = new ReceivedMail(
                transaction.id(), receivedAt, transaction.envelope(), session.peer(), content, session.subject());
        return session.whenDone(SmtpSession.stage(context.fate().decide(session, mail)), this::decided);
    }

    private Response decided(Response answer) {
        SmtpReply reply = (SmtpReply) answer;
        session.transport().telemetry().accepted(System.nanoTime() - endedAt);
        if (reply.isPositive()) {
            session.budget().delivered();
        }
        return finished(reply);
    }

    /** The mail's fate is known: one line in the log, one reply, and MAIL may come again. */
    private Response finished(SmtpReply reply) {
        MailLog.ended(session, transaction, size(), reply);
        session.ended();
        return reply;
    }

    private static CompletionStage<Response> now(Response response) {
        return CompletableFuture.completedFuture(response);
    }
}
