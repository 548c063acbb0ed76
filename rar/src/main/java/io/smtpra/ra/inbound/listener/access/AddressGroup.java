package io.smtpra.ra.inbound.listener.access;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Whom a limit is meant for: one IPv4 address, or one IPv6 network of 64 bits, for a single customer has that many
 * addresses (RFC 6177).
 *
 * @param key the first 64 bits; for IPv4, behind a prefix that no host has
 */
public record AddressGroup(long key) {

    private static final long IPV4 = 0xFFFF_FFFFL << Integer.SIZE;

    public static AddressGroup of(InetAddress address) {
        ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
        return new AddressGroup(
                octets.remaining() == Integer.BYTES
                ? IPV4 | Integer.toUnsignedLong(octets.getInt()) : octets.getLong());
    }
}
