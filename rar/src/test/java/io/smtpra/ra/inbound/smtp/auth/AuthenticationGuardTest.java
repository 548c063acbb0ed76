package io.smtpra.ra.inbound.smtp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.Peer;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who guesses from many addresses is slowed down, and the owner of the name comes in all the while. */
class AuthenticationGuardTest {

    private static final ClientCredentials ALICE = new ClientCredentials.Password(Optional.empty(), "Alice", "secret");
    private static final ClientCredentials BOB = new ClientCredentials.Password(Optional.empty(), "bob", "secret");
    private static final String HOME = "198.51.100.1";

    private Instant now = Instant.EPOCH;
    private final AuthenticationGuard guard = new AuthenticationGuard(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void anAddressIsShutOutAsOneUserBeforeItIsAltogether() {
        for (int i = 0; i < 10; i++) {
            assertThat(guard.isShutOut(peer("192.0.2.1"), ALICE)).isFalse();
            guard.failed(peer("192.0.2.1"), ALICE);
        }
        assertThat(guard.isShutOut(peer("192.0.2.1"), ALICE)).isTrue();
        assertThat(guard.isShutOut(peer("192.0.2.1"), BOB)).isFalse();
        assertThat(guard.isShutOut(peer("192.0.2.1"))).isFalse();
        assertThat(guard.isShutOut(peer("192.0.2.2"), ALICE)).as("its owner, elsewhere").isFalse();

        for (int i = 0; i < 10; i++) {
            guard.failed(peer("192.0.2.1"), BOB);
        }
        assertThat(guard.isShutOut(peer("192.0.2.1"))).isTrue();
        now = now.plus(Duration.ofMinutes(10));
        assertThat(guard.isShutOut(peer("192.0.2.1"))).isFalse();
        assertThat(guard.isShutOut(peer("192.0.2.1"), ALICE)).isFalse();
    }

    @Test
    void aUserGuessedFromEverywhereIsLockedForLongerAndLongerButNotWhereItIsKnown() {
        guard.succeeded(peer(HOME), ALICE);
        for (int i = 0; i < 200; i++) {
            assertThat(guard.isShutOut(peer("203.0.113.1"), ALICE)).as("after %s failures", i).isFalse();
            guard.failed(peer("192.0.2." + i), ALICE);
        }
        for (int doublings = 0; doublings < 12; doublings++) {
            now = now.plus(Duration.ofSeconds(Math.min(1L << doublings, 300))).minusMillis(1);
            assertThat(guard.isShutOut(peer("203.0.113.1"), ALICE)).as("after %s doublings", doublings).isTrue();
            assertThat(guard.isShutOut(peer(HOME), ALICE)).as("where its owner has come in before").isFalse();
            assertThat(guard.isShutOut(peer("203.0.113.1"), BOB)).isFalse();
            now = now.plusMillis(1);
            assertThat(guard.isShutOut(peer("203.0.113.1"), ALICE)).isFalse();
            guard.failed(peer("203.0.113." + doublings), ALICE);
        }
        guard.succeeded(peer(HOME), ALICE);
        assertThat(guard.isShutOut(peer("203.0.113.1"), ALICE)).as("a success elsewhere covers up for nothing")
                .isTrue();

        now = now.plus(Duration.ofHours(1));
        guard.failed(peer("203.0.113.1"), ALICE);
        assertThat(guard.isShutOut(peer("203.0.113.2"), ALICE)).as("forgotten").isFalse();
    }

    private static Peer peer(String address) {
        // an address, never looked up
        return new Peer(new InetSocketAddress(address, 40_000), Optional.empty(), "client.example.org",
                ListenerKind.SUBMISSIONS, Optional.empty(), Optional.empty());
    }
}
