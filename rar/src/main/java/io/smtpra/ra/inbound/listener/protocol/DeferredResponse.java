package io.smtpra.ra.inbound.listener.protocol;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.api.Response;

/**
 * The answer of a handler that will know its reply later. Until then the connection is not read, so replies keep their
 * order; no thread waits.
 */
public final class DeferredResponse implements Response {

    private final CompletionStage<? extends Response> reply;

    /**
     * A reply to come.
     *
     * @param reply completes with the reply, on any thread; if it fails, the listener answers {@code 451 4.3.0}
     */
    public DeferredResponse(CompletionStage<? extends Response> reply) {
        this.reply = Objects.requireNonNull(reply, "reply");
    }

    /**
     * The reply to come.
     *
     * @return the stage
     */
    public CompletionStage<? extends Response> reply() {
        return reply;
    }

    @Override
    public String getRetCode() {
        return "";
    }

    @Override
    public List<CharSequence> getLines() {
        return List.of();
    }

    @Override
    public boolean isEndSession() {
        return false;
    }
}
