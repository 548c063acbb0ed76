package io.smtpra.ra.inbound.protocol;

import io.smtpra.Peer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says whether a client is who it says it is. */
public interface Authenticator {

    /**
     * Checks credentials. Called by an event loop: it must not block.
     *
     * @param credentials what the client has shown
     * @param peer the client, in TLS
     * @return the outcome; it never fails, takes as long for an unknown user as for a wrong password, and is completed
     *     within the authenticator's own time limit
     */
    CompletionStage<AuthOutcome> authenticate(Credentials credentials, Peer peer);

    /** Knows nobody. */
    static Authenticator none() {
        return (credentials, peer) -> CompletableFuture.completedFuture(new AuthOutcome.Refused());
    }
}
