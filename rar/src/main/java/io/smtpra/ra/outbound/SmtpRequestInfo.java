package io.smtpra.ra.outbound;

import io.smtpra.ra.outbound.relay.NextHop;
import jakarta.resource.spi.ConnectionRequestInfo;
import java.util.Objects;
import java.util.Optional;

/**
 * For what a connection is asked. A pool keeps connections with different answers apart.
 *
 * @param user whom the application names, if anybody
 * @param hop the one next hop that it will be used for; absent if that is not known yet
 */
record SmtpRequestInfo(Optional<User> user, Optional<NextHop> hop) implements ConnectionRequestInfo {

    SmtpRequestInfo {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(hop, "hop");
    }

    static SmtpRequestInfo nobody() {
        return new SmtpRequestInfo(Optional.empty(), Optional.empty());
    }

    static SmtpRequestInfo user(String userName, String password) {
        return new SmtpRequestInfo(Optional.of(new User(userName, password)), Optional.empty());
    }

    SmtpRequestInfo to(NextHop next) {
        return new SmtpRequestInfo(user, Optional.of(next));
    }

    /** A user that an application names. */
    record User(String name, String password) {

        User {
            Objects.requireNonNull(name, "userName");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
