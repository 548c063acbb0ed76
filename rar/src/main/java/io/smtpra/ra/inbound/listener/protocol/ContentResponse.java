package io.smtpra.ra.inbound.listener.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.james.protocols.api.Response;

/**
 * The answer of a handler that makes the listener read content: {@code DATA} (an intermediate reply, then lines up to
 * CRLF.CRLF) or {@code BDAT} (no intermediate reply, and a length).
 */
public final class ContentResponse implements Response {

    private final Optional<Response> intermediate;
    private final OptionalLong length;
    private final boolean lineEndsMended;
    private final ContentReceiver receiver;

    private ContentResponse(Optional<Response> intermediate, OptionalLong length, boolean lineEndsMended,
            ContentReceiver receiver) {
        this.intermediate = intermediate;
        this.length = length;
        this.lineEndsMended = lineEndsMended;
        this.receiver = Objects.requireNonNull(receiver, "receiver");
    }

    /**
     * Content that ends with CRLF.CRLF.
     *
     * @param intermediate the {@code 354} reply
     * @param lineEndsMended whether each CR and each LF that stands alone becomes CRLF
     * @param receiver takes the content
     * @return the response
     */
    public static ContentResponse untilDot(Response intermediate, boolean lineEndsMended, ContentReceiver receiver) {
        return new ContentResponse(Optional.of(intermediate), OptionalLong.empty(), lineEndsMended, receiver);
    }

    /**
     * Content of a known length, taken as it is (RFC 3030).
     *
     * @param octets the length, 0 or more
     * @param receiver takes the content
     * @return the response
     */
    public static ContentResponse chunk(long octets, ContentReceiver receiver) {
        return new ContentResponse(Optional.empty(), OptionalLong.of(octets), false, receiver);
    }

    /**
     * The reply to send first.
     *
     * @return the reply, absent for {@code BDAT}
     */
    public Optional<Response> intermediate() {
        return intermediate;
    }

    /**
     * How many octets to read.
     *
     * @return the length, absent for {@code DATA}
     */
    public OptionalLong length() {
        return length;
    }

    /**
     * Whether each CR and each LF that stands alone becomes CRLF.
     *
     * @return false where octets are taken as they are
     */
    public boolean lineEndsMended() {
        return lineEndsMended;
    }

    /**
     * Who takes the content.
     *
     * @return the receiver
     */
    public ContentReceiver receiver() {
        return receiver;
    }

    @Override
    public String getRetCode() {
        return intermediate.map(Response::getRetCode).orElse("");
    }

    @Override
    public List<CharSequence> getLines() {
        return intermediate.map(Response::getLines).orElse(List.of());
    }

    @Override
    public boolean isEndSession() {
        return false;
    }
}
