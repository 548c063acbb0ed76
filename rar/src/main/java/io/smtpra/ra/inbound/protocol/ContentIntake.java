package io.smtpra.ra.inbound.protocol;

import io.smtpra.Reply;
import io.smtpra.ra.inbound.listener.ContentFaults;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the content of one mail, in one piece ({@code DATA}) or in several ({@code BDAT}), behind our
 * {@code Received:} header; and hands the mail to the sink. Touched by the connection's event loop alone.
 */
final class ContentIntake {

    private static final Logger LOG = LoggerFactory.getLogger(ContentIntake.class);

    private static final Reply LOCAL_ERROR = Reply.of(451, "4.3.0", "Local error, try again later");

    private final ProtocolContext context;
    private final AnswerPolicy policy;
    private final SmtpSession session;
    private final Transaction transaction;
    private final ContentWriter writer;
    private final int headerLength;
    private final ReceivedCounter hops = new ReceivedCounter();
    private boolean bareNewline;
    private boolean ended;

    ContentIntake(ProtocolContext context, SmtpSession session, Transaction transaction) {
        this.context = context;
        this.policy = new AnswerPolicy(context);
        this.session = session;
        this.transaction = transaction;
        byte[] header = ReceivedHeader.of(context.config().hostName(), session, transaction,
                context.ports().clock().instant());
        headerLength = header.length;
        writer = context.ports().store().newContent(context.config().limits().maxMessageSize() + headerLength);
        writer.write(ByteBuffer.wrap(header));
    }

    /** Takes octets; complete when more can be taken. */
    CompletionStage<Void> receive(ByteBuffer octets) {
        hops.count(octets);
        return writer.write(octets);
    }

    /** A chunk that is not the last has ended. */
    CompletionStage<Response> chunkEnded(ContentFaults faults) {
        bareNewline |= faults.any();
        if (isTooBig()) {
            return refuse(Replies.TOO_BIG);
        }
        Optional<IOException> failure = writer.failure();
        if (failure.isPresent()) {
            logUnstored(failure.get());
            return refuse(Replies.NO_STORAGE);
        }
        return now(policy.settle(session, Replies.CHUNK_OK));
    }

    /** The content has ended. */
    CompletionStage<Response> complete(ContentFaults faults) {
        bareNewline |= faults.any();
        if (isTooBig()) {
            return refuse(Replies.TOO_BIG);
        }
        if (bareNewline && context.config().bareNewline() == BareNewlinePolicy.REJECT) {
            return refuse(Replies.BARE_NEWLINE);
        }
        if (hops.count() > context.config().limits().maxReceivedHeaders()) {
            return refuse(Replies.LOOP);
        }
        ended = true;
        return SmtpSession.stage(session.whenDone(writer.finish(), this::stored));
    }

    /** The mail is given up before its content has ended. */
    void abandon(String reason) {
        if (!ended) {
            ended = true;
            writer.abort();
            MailLog.lost(session, transaction, size(), reason);
        }
    }

    private boolean isTooBig() {
        return size() > context.config().limits().maxMessageSize();
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
            return finished(Replies.NO_STORAGE);
        }
        return finished(Replies.TOO_BIG);
    }

    private void logUnstored(IOException cause) {
        LOG.error("{}: mail {} cannot be stored, answering 452: {}", session.getSessionID(), transaction.id(),
                cause.toString());
    }

    private Response deliver(Content content) {
        Instant receivedAt = context.ports().clock().instant();
        ReceivedMail mail = new ReceivedMail(
                transaction.id(), receivedAt, transaction.envelope(), session.peer(), content, session.subject());
        CompletionStage<DeliveryOutcome> outcome = handOver(mail).exceptionally(failure -> {
            session.failed(failure);
            return new DeliveryOutcome.Refused(LOCAL_ERROR);
        });
        return session.whenDone(outcome, this::delivered);
    }

    private CompletionStage<DeliveryOutcome> handOver(ReceivedMail mail) {
        try {
            return context.ports().sink().deliver(mail);
        } catch (RuntimeException e) {
            mail.content().close();
            return CompletableFuture.failedFuture(e);
        }
    }

    private Response delivered(DeliveryOutcome outcome) {
        if (outcome instanceof DeliveryOutcome.Refused refused) {
            return finished(SmtpReply.from(refused.reply()));
        }
        session.budget().delivered();
        return finished(Replies.delivered(transaction.id()));
    }

    /** The mail's fate is known: one line in the log, one reply, and MAIL may come again. */
    private Response finished(SmtpReply reply) {
        MailLog.ended(session, transaction, size(), reply);
        session.endTransaction("ended");
        return policy.settle(session, reply);
    }

    private static CompletionStage<Response> now(Response response) {
        return CompletableFuture.completedFuture(response);
    }
}
