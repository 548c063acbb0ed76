package io.smtpra.ra.inbound.protocol;

import java.util.Objects;

/** What became of an attempt to authenticate. */
public sealed interface AuthOutcome {

    /**
     * The client is who it says.
     *
     * @param user the name under which it is known from now on
     */
    record Authenticated(String user) implements AuthOutcome {

        /** Refuses null. */
        public Authenticated {
            Objects.requireNonNull(user, "user");
        }
    }

    /** It is not; whether the user is unknown or the password wrong is nobody's business. */
    record Refused() implements AuthOutcome {}

    /** It cannot be told for now. */
    record Unavailable() implements AuthOutcome {}
}
