package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.Peer;
import java.util.Optional;
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
    CompletionStage<AuthOutcome> authenticate(ClientCredentials credentials, Peer peer);

    /**
     * What is kept of a user's password to check a proof of it. Called by an event loop: it must not block.
     *
     * @param user the user's name, known or not
     * @return it, something as good to look at for an unknown user; absent if it cannot be found out for now
     */
    default CompletionStage<Optional<ScramSecret>> secret(String user) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** Knows nobody. */
    static Authenticator none() {
        return (credentials, peer) -> CompletableFuture.completedFuture(new AuthOutcome.Refused());
    }
}
