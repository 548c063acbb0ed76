package io.smtpra.ra.client.transfer;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the next hop offers in its reply to {@code EHLO} (RFC 5321 section 4.1.1.1), whether we use it or not.
 *
 * @param startTls STARTTLS (RFC 3207)
 * @param pipelining PIPELINING (RFC 2920)
 * @param chunking CHUNKING (RFC 3030)
 * @param binaryMime BINARYMIME (RFC 3030)
 * @param eightBitMime 8BITMIME (RFC 6152)
 * @param dsn DSN (RFC 3461)
 * @param smtpUtf8 SMTPUTF8 (RFC 6531)
 * @param requireTls REQUIRETLS (RFC 8689)
 * @param size SIZE (RFC 1870)
 * @param maxSize the largest mail that it takes, in octets, where it told
 * @param maxRecipients how many recipients it takes in one transaction, where it told (LIMITS RCPTMAX, RFC 9422)
 * @param authMechanisms the names of its SASL mechanisms, in upper case
 */
public record ServerExtensions(
        boolean startTls,
        boolean pipelining,
        boolean chunking,
        boolean binaryMime,
        boolean eightBitMime,
        boolean dsn,
        boolean smtpUtf8,
        boolean requireTls,
        boolean size,
        OptionalLong maxSize,
        OptionalInt maxRecipients,
        Set<String> authMechanisms) {

    /** A server that knows {@code HELO} alone. */
    public static final ServerExtensions NONE = parse(List.of());

    /** Copies the mechanisms. */
    public ServerExtensions {
        authMechanisms = Set.copyOf(authMechanisms);
    }

    /** Reads the lines behind the first. What is not understood is passed over: it cannot be used. */
    public static ServerExtensions parse(List<String> lines) {
        Map<String, String> keywords = new HashMap<>();
        Set<String> mechanisms = new LinkedHashSet<>();
        for (String line : lines) {
            String[] parts = line.trim().toUpperCase(Locale.ROOT).split(" +", 2);
            String argument = parts.length == 2 ? parts[1] : "";
            if (parts[0].startsWith("AUTH=")) {
                // An old form of AUTH, from before RFC 2554; servers that use it mostly send both.
                mechanisms.add(parts[0].substring(5));
                parts[0] = "AUTH";
            }
            if (parts[0].equals("AUTH")) {
                mechanisms.addAll(List.of(argument.split(" +")));
            }
            keywords.putIfAbsent(parts[0], argument);
        }
        mechanisms.remove("");
        return new ServerExtensions(
                keywords.containsKey("STARTTLS"),
                keywords.containsKey("PIPELINING"),
                keywords.containsKey("CHUNKING"),
                keywords.containsKey("BINARYMIME"),
                keywords.containsKey("8BITMIME"),
                keywords.containsKey("DSN"),
                keywords.containsKey("SMTPUTF8"),
                keywords.containsKey("REQUIRETLS"),
                keywords.containsKey("SIZE"),
                maxSize(keywords.getOrDefault("SIZE", "")),
                maxRecipients(keywords.getOrDefault("LIMITS", "")),
                mechanisms);
    }

    /**
     * The extensions that may be used: those that both sides want.
     *
     * @param bdatFails whether the server is known not to understand BDAT
     */
    public ServerExtensions allowedBy(ClientExtensions switches, boolean bdatFails) {
        boolean bdat = chunking && switches.chunking() && !bdatFails;
        return new ServerExtensions(
                startTls,
                pipelining && switches.pipelining(),
                bdat,
                binaryMime && bdat,
                eightBitMime && switches.eightBitMime(),
                dsn && switches.dsn(),
                // RFC 6531 section 3.1 item 8: SMTPUTF8 implies 8BITMIME.
                smtpUtf8 && switches.smtpUtf8() && eightBitMime && switches.eightBitMime(),
                requireTls,
                size && switches.size(),
                switches.size() ? maxSize : OptionalLong.empty(),
                maxRecipients,
                authMechanisms);
    }

    private static OptionalInt maxRecipients(String limits) {
        for (String limit : limits.split(" +")) {
            if (limit.matches("RCPTMAX=[1-9]\\d{0,5}")) {
                return OptionalInt.of(Integer.parseInt(limit.substring(8)));
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalLong maxSize(String argument) {
        // RFC 1870 section 4: 0 means no fixed limit. Twenty digits are allowed; what a long cannot hold is no limit.
        if (!argument.matches("\\d{1,18}")) {
            return OptionalLong.empty();
        }
        long octets = Long.parseLong(argument);
        return octets == 0 ? OptionalLong.empty() : OptionalLong.of(octets);
    }
}
