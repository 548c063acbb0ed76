package io.smtpra.ra.tls.server;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of session tickets. Whoever has one can read what was recorded of TLS 1.2 sessions, and go on with sessions
 * of others: so they are changed. They outlast a reload of certificates.
 */
final class TicketKeys {

    /** Name, key of AES-128 and key of the HMAC: 16 octets each. */
    private static final int OCTETS = 48;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SessionTickets tickets;
    private final Clock clock;
    private List<byte[]> keys = List.of();
    private Instant made = Instant.MIN;

    TicketKeys(SessionTickets tickets, Clock clock) {
        this.tickets = tickets;
        this.clock = clock;
    }

    /** The keys as they are to be now, the first being the one that makes tickets; the same list until they change. */
    synchronized List<byte[]> current() throws TlsConfigurationException {
        if (areFromFiles()) {
            return fromFiles();
        }
        Instant now = clock.instant();
        if (keys.isEmpty() || !now.isBefore(made.plus(tickets.rotation()))) {
            // A key that was not looked at for so long that its tickets have all expired opens none either.
            boolean formerServes = !keys.isEmpty() && now.isBefore(made.plus(tickets.rotation().multipliedBy(2)));
            keys = formerServes ? List.of(random(), keys.get(0)) : List.of(random());
            made = now;
        }
        return keys;
    }

    /** From now on nobody opens a ticket that was made before. Keys that come from files stay: they are others' too. */
    synchronized void forget() {
        keys = List.of();
    }

    /** Whether they change with their files alone, and so together with all else that comes from files. */
    boolean areFromFiles() {
        return !tickets.keyFiles().isEmpty();
    }

    /** A key that nobody has. */
    static byte[] random() {
        byte[] key = new byte[OCTETS];
        RANDOM.nextBytes(key);
        return key;
    }

    private List<byte[]> fromFiles() throws TlsConfigurationException {
        List<byte[]> read = new ArrayList<>();
        for (Path file : tickets.keyFiles()) {
            read.add(fromFile(file));
        }
        return read;
    }

    private static byte[] fromFile(Path file) throws TlsConfigurationException {
        try {
            long size = Files.size(file);
            if (size == OCTETS) {
                return Files.readAllBytes(file);
            }
            throw fault(file, "has " + size + " octets, and must have " + OCTETS + ": openssl rand " + OCTETS, null);
        } catch (IOException e) {
            throw fault(file, "can't be read: " + e, e);
        }
    }

    private static TlsConfigurationException fault(Path file, String reason, IOException cause) {
        return new TlsConfigurationException(TlsProperty.TLS_TICKET_KEY_FILE, file.toString(), reason, cause);
    }
}
