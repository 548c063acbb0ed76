package io.smtpra.ra.outbound;

import io.smtpra.ra.server.ServerTransactions;
import java.util.Optional;

/** What a resource adapter lends to its connection factories: the server's transactions. */
public interface TransactionSource {

    /**
     * The server's transactions.
     *
     * @return absent in a server whose way to them is not known
     */
    Optional<ServerTransactions> transactions();
}
