package io.smtpra.ra.authenticity.spf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The address of the client, in the forms that SPF has for it. */
final class ClientAddress {

    private final InetAddress address;
    private final byte[] octets;

    ClientAddress(InetAddress address) {
        this.address = address;
        this.octets = address.getAddress();
    }

    boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** An address in the text of a record or of the DNS; never asks the DNS. */
    static Optional<byte[]> parse(String text, boolean ipv6) {
        boolean looksRight = ipv6 ? text.indexOf(':') >= 0 && text.matches("[0-9a-fA-F:.]+")
                : text.matches("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
        try {
            return looksRight ? Optional.of(InetAddress.getByName(text).getAddress()) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether it is in a network of the same kind. */
    boolean isIn(byte[] network, int prefix) {
        if (network.length != octets.length) {
            return false;
        }
        for (int bits = prefix, i = 0; bits > 0; bits -= Byte.SIZE, i++) {
            int mask = bits >= Byte.SIZE ? 0xFF : 0xFF << Byte.SIZE - bits & 0xFF;
            if (((octets[i] ^ network[i]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The macro {@code i}: decimal octets, or hexadecimal digits, each behind a dot. */
    String dotted() {
        return isIpv4() ? address.getHostAddress() : String.join(".", nibbles());
    }

    /** The macro {@code v}. */
    String zone() {
        return isIpv4() ? "in-addr" : "ip6";
    }

    /** Where its names are. */
    String reverseName() {
        List<String> parts = isIpv4() ? new ArrayList<>(List.of(address.getHostAddress().split("\\."))) : nibbles();
        Collections.reverse(parts);
        return String.join(".", parts) + "." + zone() + ".arpa";
    }

    /** The macro {@code c}: as people read it; IPv6 as RFC 5952 has it. */
    String readable() {
        if (isIpv4()) {
            return address.getHostAddress();
        }
        int[] groups = new int[octets.length / 2];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (octets[2 * i] & 0xFF) << Byte.SIZE | octets[2 * i + 1] & 0xFF;
        }
        int start = 0;
        int length = 0;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        return length < 2 ? joined(groups, 0, groups.length)
                : joined(groups, 0, start) + "::" + joined(groups, start + length, groups.length);
    }

    private static String joined(int[] groups, int from, int to) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            texts.add(Integer.toHexString(groups[i]));
        }
        return String.join(":", texts);
    }

    private List<String> nibbles() {
        List<String> nibbles = new ArrayList<>(2 * octets.length);
        for (byte octet : octets) {
            nibbles.add(String.valueOf("0123456789ABCDEF".charAt(octet >> 4 & 0xF)));
            nibbles.add(String.valueOf("0123456789ABCDEF".charAt(octet & 0xF)));
        }
        return nibbles;
    }
}
