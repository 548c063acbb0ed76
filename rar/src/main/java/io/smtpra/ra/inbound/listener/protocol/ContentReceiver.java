package io.smtpra.ra.inbound.listener.protocol;

import io.smtpra.ra.inbound.listener.framing.ContentFaults;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.api.Response;

/**
 * Takes the content of one mail while the listener finds its end. Called by the connection's event loop alone, so it
 * must not block; while a returned stage is incomplete the connection is not read, and nothing further is called.
 */
public interface ContentReceiver {

    /**
     * Takes octets, dot-stuffing undone, in bulk.
     *
     * @param octets valid during the call alone
     * @return complete when more can be taken; a receiver that has failed swallows the rest and completes at once
     */
    CompletionStage<Void> receive(ByteBuffer octets);

    /**
     * The end of the content (or, for {@code BDAT}, of one chunk) was reached.
     *
     * @param faults what was wrong with its form
     * @return the reply, once the mail's fate is known
     */
    CompletionStage<Response> complete(ContentFaults faults);

    /** The connection ended before the content did: everything is to be freed, nothing to be delivered. */
    void abort();
}
