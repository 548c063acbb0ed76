package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.ra.inbound.smtp.session.LogText;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a client has shown to prove who it is. Secrets never show in {@code toString}. */
public sealed interface ClientCredentials {

    /** As whom the client wants to act, where it said so; absent: as itself (RFC 4422 section 3.4.1). */
    Optional<String> authorizationId();

    /** Whom the client claims to be, where it says so before anything is checked. */
    default Optional<String> claimedUser() {
        if (this instanceof Password password) {
            return Optional.of(password.user());
        }
        if (this instanceof Proven proven) {
            return Optional.of(proven.user());
        }
        return this instanceof Token token ? token.authorizationId() : Optional.empty();
    }

    /**
     * A password.
     *
     * @param authorizationId as whom the client wants to act
     * @param user the user name, not empty, without control characters
     * @param password the password, not empty
     */
    record Password(Optional<String> authorizationId, String user, String password) implements ClientCredentials {

        /** Refuses nulls. */
        public Password {
            Objects.requireNonNull(authorizationId, "authorizationId");
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return "Password[" + LogText.safe(user) + "]";
        }
    }

    /**
     * A token that somebody else has issued; whose it is, it says itself.
     *
     * @param authorizationId whose it is as the client says
     * @param token the token
     */
    record Token(Optional<String> authorizationId, String token) implements ClientCredentials {

        /** Refuses nulls. */
        public Token {
            Objects.requireNonNull(authorizationId, "authorizationId");
            Objects.requireNonNull(token, "token");
        }

        @Override
        public String toString() {
            return "Token[" + LogText.safe(authorizationId.orElse("")) + "]";
        }
    }

    /**
     * A proof, already checked, that the client knows the user's password.
     *
     * @param user the user name
     */
    record Proven(String user) implements ClientCredentials {

        /** Refuses null. */
        public Proven {
            Objects.requireNonNull(user, "user");
        }

        /** None: whoever proves to be a user acts as that user. */
        @Override
        public Optional<String> authorizationId() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "Proven[" + LogText.safe(user) + "]";
        }
    }

    /**
     * A certificate that TLS has verified.
     *
     * @param authorizationId as whom the client wants to act
     * @param chain the client's chain, its own certificate first; at least that
     */
    record Certificate(Optional<String> authorizationId, List<X509Certificate> chain) implements ClientCredentials {

        /** Copies the chain and refuses nulls. */
        public Certificate {
            Objects.requireNonNull(authorizationId, "authorizationId");
            chain = List.copyOf(chain);
        }
    }
}
