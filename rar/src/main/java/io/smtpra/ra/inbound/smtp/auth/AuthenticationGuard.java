package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.Peer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Counts failed authentications by address and by user, over all sessions: passwords must not be guessed. */
public final class AuthenticationGuard {

    private static final int MAX_FAILURES = 20;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** Whoever has one IPv6 address has all of its network. */
    private static final int NETWORK_OCTETS = 8;

    private final FailureBudget addresses;
    private final FailureBudget users;

    public AuthenticationGuard(Clock clock) {
        addresses = new FailureBudget(MAX_FAILURES, WINDOW, clock);
        users = new FailureBudget(MAX_FAILURES, WINDOW, clock);
    }

    public boolean isShutOut(Peer peer) {
        return addresses.isExhausted(key(peer));
    }

    public boolean isShutOut(ClientCredentials credentials) {
        return key(credentials).filter(users::isExhausted).isPresent();
    }

    void failed(Peer peer, ClientCredentials credentials) {
        addresses.failed(key(peer));
        key(credentials).ifPresent(users::failed);
    }

    /** The user is whom it claims to be. Its address stays counted: one good account must not cover up for guessing. */
    void succeeded(ClientCredentials credentials) {
        key(credentials).ifPresent(users::succeeded);
    }

    private static Optional<String> key(ClientCredentials credentials) {
        return credentials.claimedUser().map(user -> user.toLowerCase(Locale.ROOT));
    }

    private static String key(Peer peer) {
        InetAddress address = peer.address().getAddress();
        byte[] octets = address.getAddress();
        return HexFormat.of().formatHex(
                address instanceof Inet6Address ? Arrays.copyOf(octets, NETWORK_OCTETS) : octets);
    }
}
