package io.smtpra.ra.client.net;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.ra.client.SmtpClientConnection;
import java.util.List;

/**
 * The connection is of no more use: the peer closed it or said 421, did not answer in time, or did not speak SMTP. Any
 * other {@link SmtpException} leaves the connection itself to tell whether it can be used on.
 */
public final class ConnectionBrokenException extends SmtpException {

    private static final long serialVersionUID = 1L;

    /** Why the connection broke. */
    public enum Kind {
        /** The peer closed or reset it, or the network did. */
        LOST,
        /** The peer said 421. */
        SHUT_DOWN,
        /** A phase took too long. */
        TIMED_OUT,
        /** The peer said what it must not say. */
        PROTOCOL,
        /** The peer did not understand what it offers; over a new connection it will be spoken to in another way. */
        MISUNDERSTOOD
    }

    private final Kind kind;
    private final boolean noDataAccepted;

    ConnectionBrokenException(Phase phase, String message, Kind kind, boolean noDataAccepted, Throwable cause) {
        super(phase, message, true, cause);
        this.kind = kind;
        this.noDataAccepted = noDataAccepted;
    }

    ConnectionBrokenException(Phase phase, String message, Reply shutDown, boolean noDataAccepted) {
        super(phase, message, shutDown, List.of());
        this.kind = Kind.SHUT_DOWN;
        this.noDataAccepted = noDataAccepted;
    }

    /**
     * What kind of break it was.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether the next hop has not accepted a single octet of the content: {@code DATA} was not answered with 354, and
     * no {@code BDAT} was sent.
     *
     * @return true if so: sending the mail again cannot double it
     */
    public boolean noDataAccepted() {
        return noDataAccepted;
    }

    /**
     * Whether the mail may be sent again at once on a new connection: the peer left, or did not understand, and no
     * octet of the content was accepted.
     *
     * @return true if so
     */
    public boolean isReplaceable() {
        return noDataAccepted && (kind == Kind.LOST || kind == Kind.SHUT_DOWN || kind == Kind.MISUNDERSTOOD);
    }
}
