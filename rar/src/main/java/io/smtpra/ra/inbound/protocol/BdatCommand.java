package io.smtpra.ra.inbound.protocol;

import io.smtpra.ra.inbound.listener.ContentFaults;
import io.smtpra.ra.inbound.listener.ContentReceiver;
import io.smtpra.ra.inbound.listener.ContentResponse;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/**
 * {@code BDAT} (RFC 3030). Its octets follow whatever we think of it: a refused chunk is read to its length and thrown
 * away, else what it holds would be taken for commands.
 */
final class BdatCommand implements VerbHandler {

    /** More digits than a content ever has octets; with them the length still fits into a long. */
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,18})( +LAST)?", Pattern.CASE_INSENSITIVE);

    private final ProtocolContext context;
    private final AnswerPolicy policy;

    BdatCommand(ProtocolContext context) {
        this.context = context;
        this.policy = new AnswerPolicy(context);
    }

    @Override
    public Verb verb() {
        return Verb.BDAT;
    }

    @Override
    public Response refuse(SmtpSession session, Request request, SmtpReply reply) {
        return Chunk.parse(request.getArgument())
                .<Response>map(chunk -> ContentResponse.chunk(chunk.length(), new Discarder(this, session, reply)))
                .orElse(Replies.BDAT_SYNTAX);
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        Optional<Chunk> parsed = Chunk.parse(request.getArgument());
        if (parsed.isEmpty()) {
            return Replies.BDAT_SYNTAX;
        }
        Transaction transaction = session.transaction().orElseThrow();
        if (transaction.recipientCount() == 0) {
            return refuse(session, request, Replies.NO_RECIPIENTS);
        }
        if (transaction.content().isEmpty()) {
            transaction.begin(new ContentIntake(context, session, transaction));
        }
        Chunk chunk = parsed.get();
        if (chunk.length() == 0 && !chunk.last()) {
            session.budget().junk();
        }
        ContentIntake intake = transaction.content().orElseThrow();
        return ContentResponse.chunk(chunk.length(), new Receiver(session, intake, chunk.last()));
    }

    private record Chunk(long length, boolean last) {

        static Optional<Chunk> parse(String argument) {
            Matcher matcher = SYNTAX.matcher(argument);
            return matcher.matches()
                    ? Optional.of(new Chunk(Long.parseLong(matcher.group(1)), matcher.group(2) != null))
                    : Optional.empty();
        }
    }

    private record Receiver(SmtpSession session, ContentIntake intake, boolean last) implements ContentReceiver {

        @Override
        public CompletionStage<Void> receive(ByteBuffer octets) {
            return intake.receive(octets);
        }

        @Override
        public CompletionStage<Response> complete(ContentFaults faults) {
            return last ? intake.complete(faults) : intake.chunkEnded(faults);
        }

        @Override
        public void abort() {
            session.endTransaction("connection ended");
        }
    }

    private record Discarder(BdatCommand command, SmtpSession session, SmtpReply reply) implements ContentReceiver {

        private static final CompletionStage<Void> GO_ON = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<Void> receive(ByteBuffer octets) {
            return GO_ON;
        }

        @Override
        public CompletionStage<Response> complete(ContentFaults faults) {
            return SmtpSession.stage(command.policy.settle(session, reply));
        }

        @Override
        public void abort() {
            // nothing was kept
        }
    }
}
