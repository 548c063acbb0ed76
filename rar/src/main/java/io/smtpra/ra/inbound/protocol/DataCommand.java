package io.smtpra.ra.inbound.protocol;

import io.smtpra.BodyType;
import io.smtpra.ra.inbound.listener.ContentFaults;
import io.smtpra.ra.inbound.listener.ContentReceiver;
import io.smtpra.ra.inbound.listener.ContentResponse;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code DATA} (RFC 5321 section 4.1.1.4). */
final class DataCommand implements VerbHandler {

    private final ProtocolContext context;

    DataCommand(ProtocolContext context) {
        this.context = context;
    }

    @Override
    public Verb verb() {
        return Verb.DATA;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        Transaction transaction = session.transaction().orElseThrow();
        if (!request.getArgument().isEmpty()) {
            return Replies.NO_ARGUMENT;
        }
        if (transaction.content().isPresent()) {
            return Replies.BDAT_BEGUN;
        }
        if (transaction.recipientCount() == 0) {
            return Replies.NO_RECIPIENTS;
        }
        if (transaction.sender().bodyType() == BodyType.BINARY_MIME) {
            // RFC 3030 section 3
            return Replies.BINARY_NEEDS_BDAT;
        }
        ContentIntake intake = new ContentIntake(context, session, transaction);
        transaction.begin(intake);
        return ContentResponse.untilDot(Replies.SEND_CONTENT, new Receiver(session, intake));
    }

    private record Receiver(SmtpSession session, ContentIntake intake) implements ContentReceiver {

        @Override
        public CompletionStage<Void> receive(ByteBuffer octets) {
            return intake.receive(octets);
        }

        @Override
        public CompletionStage<Response> complete(ContentFaults faults) {
            return intake.complete(faults);
        }

        @Override
        public void abort() {
            session.endTransaction("connection ended");
        }
    }
}
