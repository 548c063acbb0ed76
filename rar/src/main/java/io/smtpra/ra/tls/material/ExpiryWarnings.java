package io.smtpra.ra.tls.material;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The warnings of certificates that are about to expire, once at each of some times before. */
public final class ExpiryWarnings {

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

    /**
     * The warnings that are due now and were not given before.
     *
     * @param identities whose certificates are in use
     * @param now the time
     * @return for each, which certificate expires, and when
     */
    public synchronized List<String> due(List<Identity> identities, Instant now) {
        Map<X509Certificate, Stage> reached = new HashMap<>();
        List<String> due = new ArrayList<>();
        for (Identity identity : identities) {
            Stage.reached(identity.expires(), now).ifPresent(stage -> {
                reached.put(identity.certificate(), stage);
                if (warned.get(identity.certificate()) != stage) {
                    due.add(text(identity, stage));
                }
            });
        }
        warned = reached;
        return due;
    }

    private static String text(Identity identity, Stage stage) {
        String when = stage == Stage.EXPIRED ? "has expired at " + identity.expires()
                : "expires at " + identity.expires() + ", in " + stage.before.toDays() + " days or less";
        return identity + " " + when;
    }
}
