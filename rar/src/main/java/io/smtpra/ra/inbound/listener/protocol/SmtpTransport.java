package io.smtpra.ra.inbound.listener.protocol;

import io.smtpra.ListenerKind;
import io.smtpra.TlsFacts;
import io.smtpra.ra.telemetry.Telemetry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.james.protocols.api.ProtocolTransport;

/** What the listener offers to a session beyond James' own contract. All calls are made by the event loop. */
public interface SmtpTransport extends ProtocolTransport {

    /**
     * The kind of listener that accepted the connection.
     *
     * @return the kind
     */
    ListenerKind listenerKind();

    /**
     * The proxy in front of the peer; {@link #getRemoteAddress()} is then the address that the proxy reported.
     *
     * @return the proxy's own address, absent without PROXY protocol
     */
    Optional<InetSocketAddress> proxyAddress();

    /**
     * The facts of the encryption.
     *
     * @return the facts, absent while the connection is in plain text
     */
    Optional<TlsFacts> tlsFacts();

    /**
     * Counts what happens.
     *
     * @return the adapter's figures
     */
    Telemetry telemetry();

    /**
     * Which mail is in the making: its id stands in the log's context from now on, whenever something is done for this
     * session.
     *
     * @param id of the mail; absent if there is none any more
     */
    void mail(Optional<String> id);

    /** The client has crossed a limit for which its address may be banned in the end. */
    void offence();

    /**
     * Whether octets have arrived behind the line that is being handled: the client did not wait for the reply.
     *
     * @return true if so
     */
    boolean hasPipelinedInput();

    /**
     * Where all that concerns the connection runs.
     *
     * @return runs a task in the connection's event loop, later
     */
    Executor eventLoop();

    /**
     * Waits without a thread.
     *
     * @param duration how long
     * @return complete when it is over, on the event loop; never completes if the connection ends before
     */
    CompletionStage<Void> delay(Duration duration);
}
