package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.LogText;
import java.util.Objects;
import java.util.Optional;
import javax.security.auth.Subject;

/** What became of an attempt to authenticate. */
public sealed interface AuthOutcome {

    /**
     * The client is who it says.
     *
     * @param user the name under which it is known from now on
     * @param subject what the server knows of the user; absent: the server knows no users
     * @param closing whether the connection ends nevertheless
     */
    record Authenticated(String user, Optional<Subject> subject, boolean closing) implements AuthOutcome {

        /** Refuses nulls. */
        public Authenticated {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(subject, "subject");
        }

        /** A user who is known to the server. */
        public Authenticated(String user, Subject subject) {
            this(user, Optional.of(subject), false);
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

    /**
     * It is not; whether the user is unknown or the password wrong is nobody's business.
     *
     * @param reply what the client hears, if not what all hear
     */
    record Refused(Optional<SmtpReply> reply) implements AuthOutcome {

        public Refused() {
            this(Optional.empty());
        }
    }

    /**
     * It cannot be told for now.
     *
     * @param reply what the client hears, if not what all hear
     */
    record Unavailable(Optional<SmtpReply> reply) implements AuthOutcome {

        public Unavailable() {
            this(Optional.empty());
        }
    }
}
