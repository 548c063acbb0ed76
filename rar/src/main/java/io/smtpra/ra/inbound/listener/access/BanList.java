package io.smtpra.ra.inbound.listener.access;

import io.smtpra.ra.log.ListenerMessages;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Addresses that get no connection for a time: those that crossed a limit again and again, for longer each time, and those
 * that an administrator has named. This host itself is never banned for crossing limits: a proxy or a script on it would
 * take everybody with it.
 */
public final class BanList {

    private static final int MOST = 10_000;
    /** Within so much time offences count together. */
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofHours(24);
    /** A ban is forgotten, and with it how long the next one is, when it has been over for so long. */
    private static final Duration MEMORY = Duration.ofHours(24);

    /**
     * An address that is banned.
     *
     * @param address one of its group, the last that was seen
     * @param until when it may come again
     * @param refused how many connections were refused since the ban began
     */
    public record Ban(InetAddress address, Instant until, long refused) {}

    private static final class Known {

        private InetAddress address;
        private int offences;
        private Instant firstOffence = Instant.EPOCH;
        private int bans;
        private Instant until = Instant.EPOCH;
        private long refused;
    }

    private int offencesBeforeBan;
    private final Clock clock;
    private final Runnable onBan;
    private final Map<AddressGroup, Known> records = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AddressGroup, Known> eldest) {
            return size() > MOST;
        }
    };
    /** So that a connection costs nothing while nobody is known. */
    private volatile boolean empty = true;

    /**
     * A list without a ban.
     *
     * @param offencesBeforeBan how many limits may be crossed within an hour; 0: nobody is banned for it
     * @param onBan hears of each ban for crossing limits
     */
    public BanList(int offencesBeforeBan, Clock clock, Runnable onBan) {
        this.offencesBeforeBan = offencesBeforeBan;
        this.clock = clock;
        this.onBan = onBan;
    }

    /** How many limits may be crossed within an hour. */
    public synchronized int banAfter() {
        return offencesBeforeBan;
    }

    /** Another number from now on; who is banned stays so. */
    public synchronized void banAfter(int offences) {
        offencesBeforeBan = offences;
    }

    /** An address has crossed a limit. */
    public synchronized void offence(InetAddress address) {
        if (offencesBeforeBan == 0 || address.isLoopbackAddress()) {
            return;
        }
        Instant now = clock.instant();
        Known known = known(address);
        if (known.firstOffence.plus(WINDOW).isBefore(now)) {
            known.firstOffence = now;
            known.offences = 0;
        }
        known.offences++;
        if (known.offences >= offencesBeforeBan) {
            if (known.until.plus(MEMORY).isBefore(now)) {
                known.bans = 0;
            }
            Duration time = FIRST.multipliedBy(1L << Math.min(known.bans, 10));
            ban(known, time.compareTo(LONGEST) < 0 ? time : LONGEST);
            ListenerMessages.LOG.banned(address.getHostAddress(), offencesBeforeBan, known.until);
            known.bans++;
            known.offences = 0;
            onBan.run();
        }
    }

    /** Bans an address for a time, whatever it did. */
    public synchronized void ban(InetAddress address, Duration time) {
        ban(known(address), time);
    }

    /** Forgets all about an address; false if nothing was known. */
    public synchronized boolean clear(InetAddress address) {
        boolean known = records.remove(AddressGroup.of(address)) != null;
        empty = records.isEmpty();
        return known;
    }

    /** Forgets all. */
    public synchronized void clear() {
        records.clear();
        empty = true;
    }

    /** Whether an address may not come in now. Each question counts as a connection that was refused. */
    public boolean refuses(InetAddress address) {
        return !empty && isBanned(address);
    }

    /** Those that are banned now. */
    public synchronized List<Ban> bans() {
        Instant now = clock.instant();
        List<Ban> bans = new ArrayList<>();
        records.values().stream().filter(known -> known.until.isAfter(now))
                .forEach(known -> bans.add(new Ban(known.address, known.until, known.refused)));
        return bans;
    }

    private synchronized boolean isBanned(InetAddress address) {
        Known known = records.get(AddressGroup.of(address));
        if (known == null || !known.until.isAfter(clock.instant())) {
            return false;
        }
        known.refused++;
        return true;
    }

    private void ban(Known known, Duration time) {
        known.until = clock.instant().plus(time);
        known.refused = 0;
    }

    private Known known(InetAddress address) {
        empty = false;
        Known known = records.computeIfAbsent(AddressGroup.of(address), added -> new Known());
        known.address = address;
        return known;
    }
}
