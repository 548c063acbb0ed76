package io.smtpra.ra.inbound.listener;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.api.Response;

/**
 * Stands before a {@link ContentReceiver} and keeps it to its contract: it is completed or aborted, once; and when it
 * throws, the rest of the content is swallowed and answered with 451.
 */
final class ContentIntake {

    private static final CompletionStage<Void> GO_ON = CompletableFuture.completedFuture(null);

    private final ContentReceiver receiver;
    private boolean ended;

    ContentIntake(ContentReceiver receiver) {
        this.receiver = receiver;
    }

    /** Never throws what the receiver throws: the stage fails. */
    CompletionStage<Void> receive(ByteBuffer octets) {
        if (ended) {
            return GO_ON;
        }
        try {
            return receiver.receive(octets);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    CompletionStage<? extends Response> complete(ContentFaults faults) {
        if (ended) {
            return CompletableFuture.completedFuture(FixedReply.LOCAL_ERROR);
        }
        ended = true;
        try {
            return receiver.complete(faults);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    void abort() {
        if (!ended) {
            ended = true;
            receiver.abort();
        }
    }
}
