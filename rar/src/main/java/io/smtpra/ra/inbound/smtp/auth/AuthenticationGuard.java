package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.Peer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Counts failed authentications over all sessions: passwords must not be guessed, and nobody is to be locked out by the
 * guesses of another. An address that fails too often is shut out; before that it may not try this one user any more. A
 * user alone is locked only where guesses come from so many addresses that nothing else helps, and never for an address
 * from which that user has come in.
 */
public final class AuthenticationGuard {

    private static final int MAX_FAILURES_OF_ADDRESS = 20;
    private static final int MAX_FAILURES_OF_ADDRESS_AND_USER = 10;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MAX_KNOWN = 10_000;
    /** Whoever has one IPv6 address has all of its network. */
    private static final int NETWORK_OCTETS = 8;

    private final FailureBudget addresses;
    private final FailureBudget pairs;
    private final UserLocks users;
    /** Users beside the addresses that they have come in from, the latest last. */
    private final Set<String> known = new LinkedHashSet<>();

    public AuthenticationGuard(Clock clock) {
        addresses = new FailureBudget(MAX_FAILURES_OF_ADDRESS, WINDOW, clock);
        pairs = new FailureBudget(MAX_FAILURES_OF_ADDRESS_AND_USER, WINDOW, clock);
        users = new UserLocks(clock);
    }

    public boolean isShutOut(Peer peer) {
        return addresses.isExhausted(key(peer));
    }

    /** Whether a client may not try to be this user, for now. */
    boolean isShutOut(Peer peer, ClientCredentials credentials) {
        return key(credentials).filter(user -> {
            String pair = pair(peer, user);
            return pairs.isExhausted(pair) || users.isLocked(user) && !isKnown(pair);
        }).isPresent();
    }

    void failed(Peer peer, ClientCredentials credentials) {
        addresses.failed(key(peer));
        key(credentials).ifPresent(user -> {
            pairs.failed(pair(peer, user));
            users.failed(user);
        });
    }

    /**
     * The user is whom it claims to be. Its address stays counted, one good account must not cover up for guessing;
     * and so does the user, whose password others may go on guessing.
     */
    void succeeded(Peer peer, ClientCredentials credentials) {
        key(credentials).ifPresent(user -> {
            pairs.succeeded(pair(peer, user));
            remember(pair(peer, user));
        });
    }

    private synchronized boolean isKnown(String pair) {
        return known.contains(pair);
    }

    private synchronized void remember(String pair) {
        known.remove(pair);
        known.add(pair);
        if (known.size() > MAX_KNOWN) {
            known.remove(known.iterator().next());
        }
    }

    private static String pair(Peer peer, String user) {
        return key(peer) + " " + user;
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
