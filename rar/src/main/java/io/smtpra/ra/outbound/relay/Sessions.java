package io.smtpra.ra.outbound.relay;

import io.smtpra.SmtpException;

/** Where sessions with next hops come from: a pool, or a connection that has its own. */
public interface Sessions {

    /**
     * Lends a session, which nobody else uses until it is given back.
     *
     * @param hop with whom
     * @return the session, to be given back
     * @throws SmtpException if there is none to be had, of phase {@link SmtpException.Phase#PREPARE}
     */
    Lease lend(NextHop hop) throws SmtpException;

    /** A session that was lent. */
    interface Lease extends AutoCloseable {

        /** The session. */
        NextHopSession session();

        /** The session is of no more use: what was lent with it is to be thrown away. */
        void broke(SmtpException why);

        /** Gives it back. */
        @Override
        void close();
    }
}
