package io.smtpra.ra.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of certificates that are about to expire, once at each of some times before. */
final class ExpiryWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryWarnings.class);

    /** The times before expiry at which a warning is due. */
    enum Stage {
        /** It has come. */
        EXPIRED(Duration.ZERO),
        /** A day. */
        DAY(Duration.ofDays(1)),
        /** A week. */
        WEEK(Duration.ofDays(7)),
        /** Three weeks. */
        THREE_WEEKS(Duration.ofDays(21));

        private final Duration before;

        Stage(Duration before) {
            this.before = before;
        }

        /** The stage that has been reached, absent if expiry is further away than all of them. */
        static Optional<Stage> reached(Instant expires, Instant now) {
            return Stream.of(values()).filter(stage -> !now.isBefore(expires.minus(stage.before))).findFirst();
        }
    }

    private Map<X509Certificate, Stage> warned = Map.of();

    synchronized void check(List<Identity> identities, Instant now) {
        Map<X509Certificate, Stage> next = new HashMap<>();
        for (Identity identity : identities) {
            Optional<Stage> reached = Stage.reached(identity.expires(), now);
            reached.ifPresent(stage -> next.put(identity.certificate(), stage));
            if (reached.isPresent() && warned.get(identity.certificate()) != reached.get()) {
                warn(identity, reached.get());
            }
        }
        warned = next;
    }

    private static void warn(Identity identity, Stage stage) {
        if (stage == Stage.EXPIRED) {
            LOG.warn("The TLS certificate {} has expired at {}: replace its file, which is then read by itself",
                    identity, identity.expires());
        } else {
            LOG.warn("The TLS certificate {} expires at {}, in {} days or less: replace its file, which is then read "
                    + "by itself", identity, identity.expires(), stage.before.toDays());
        }
    }
}
