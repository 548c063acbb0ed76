package io.smtpra.ra.inbound.protocol;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a client has shown to prove who it is. Secrets never show in {@code toString}. */
public sealed interface Credentials {

    /** As whom the client wants to act, where it said so; absent: as itself (RFC 4422 section 3.4.1). */
    Optional<String> authorizationId();

    /**
     * A password.
     *
     * @param authorizationId as whom the client wants to act
     * @param user the user name, not empty, without control characters
     * @param password the password, not empty
     */
    record Password(Optional<String> authorizationId, String user, String password) implements Credentials {

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
     * A certificate that TLS has verified.
     *
     * @param authorizationId as whom the client wants to act
     * @param chain the client's chain, its own certificate first; at least that
     */
    record Certificate(Optional<String> authorizationId, List<X509Certificate> chain) implements Credentials {

        /** Copies the chain and refuses nulls. */
        public Certificate {
            Objects.requireNonNull(authorizationId, "authorizationId");
            chain = List.copyOf(chain);
        }
    }
}
