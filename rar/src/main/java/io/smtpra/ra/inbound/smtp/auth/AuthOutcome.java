package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.ra.inbound.smtp.session.LogText;
import java.util.Objects;
import javax.security.auth.Subject;

/** What became of an attempt to authenticate. */
public sealed interface AuthOutcome {

    /**
     * The client is who it says.
     *
     * @param user the name under which it is known from now on
     * @param subject what the server knows of the user
     */
    record Authenticated(String user, Subject subject) implements AuthOutcome {

        /** Refuses nulls. */
        public Authenticated {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(subject, "subject");
        }

        /** A user of whom the server knows no more than the name. */
        public Authenticated(String user) {
            this(user, new Subject());
        }

        @Override
        public String toString() {
            return "Authenticated[" + LogText.safe(user) + "]";
        }
    }

    /** It is not; whether the user is unknown or the password wrong is nobody's business. */
    record Refused() implements AuthOutcome {}

    /** It cannot be told for now. */
    record Unavailable() implements AuthOutcome {}
}
