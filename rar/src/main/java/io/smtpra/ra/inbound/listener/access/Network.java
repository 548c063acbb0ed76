package io.smtpra.ra.inbound.listener.access;

import io.netty.util.NetUtil;
import io.smtpra.ra.config.PropertyReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of addresses, as {@code 192.0.2.0/24} or {@code 2001:db8::/32} (RFC 4632, RFC 4291). */
public final class Network {

    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]+)(?:/(\\d{1,3}))?");

    /** Bits before the IPv4 address in its IPv6 form. */
    private static final int MAPPED_PREFIX = 96;

    private final byte[] address;
    private final int prefix;

    private Network(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /**
     * Reads a range; never asks the DNS.
     *
     * @param text an address, or an address and the length of its prefix in bits
     * @return the range, absent if the text is none
     */
    public static Optional<Network> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        byte[] address = matcher.matches() ? NetUtil.createByteArrayFromIpAddressString(matcher.group(1)) : null;
        if (address == null) {
            return Optional.empty();
        }
        int bits = address.length * Byte.SIZE;
        int prefix = matcher.group(2) == null ? bits : Integer.parseInt(matcher.group(2));
        if (prefix > bits) {
            return Optional.empty();
        }
        // Java has no address like ::ffff:192.0.2.1, it takes it for 192.0.2.1: so must a rule, or it never holds
        if (prefix >= MAPPED_PREFIX && isMapped(address)) {
            byte[] last = Arrays.copyOfRange(address, MAPPED_PREFIX / Byte.SIZE, address.length);
            return Optional.of(new Network(last, prefix - MAPPED_PREFIX));
        }
        return Optional.of(new Network(address, prefix));
    }

    /** The ranges that a property names, possibly none. */
    public static List<Network> read(PropertyReader reader, String property) {
        return reader.list(property).stream()
                .flatMap(item -> parse(item)
                        .or(() -> reader.fault(property, item,
                                "addresses and networks as 192.0.2.0/24 or 2001:db8::/32", Optional.empty()))
                        .stream())
                .toList();
    }

    /** An IPv4 address in the form of an IPv6 one (RFC 4291 section 2.5.5.2). */
    private static boolean isMapped(byte[] address) {
        int last = MAPPED_PREFIX / Byte.SIZE;
        return address.length > last && address[last - 1] == -1 && address[last - 2] == -1
                && Arrays.equals(address, 0, last - 2, new byte[last - 2], 0, last - 2);
    }

    /**
     * Whether an address is in one of several ranges: asked for each connection, so without a stream.
     *
     * @param networks the ranges
     * @param address the address
     * @return true if so
     */
    public static boolean anyContains(List<Network> networks, InetAddress address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether an address is in this range.
     *
     * @param other the address; an IPv6 address never is in a range of IPv4, and the other way round
     * @return true if so
     */
    public boolean contains(InetAddress other) {
        byte[] octets = other.getAddress();
        if (octets.length != address.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        int mask = 0xFF00 >> prefix % Byte.SIZE & 0xFF;
        return Arrays.equals(octets, 0, whole, address, 0, whole)
                && (mask == 0 || ((octets[whole] ^ address[whole]) & mask) == 0);
    }

    /** The first address of the range. */
    public InetAddress first() {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return NetUtil.bytesToIpAddress(address) + "/" + prefix;
    }
}
