package io.smtpra.ra.inbound.smtp.session;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An address as mail writes it (RFC 5321 section 4.1.3). */
public final class AddressLiteral {

    private AddressLiteral() {}

    /** The literal, in brackets. */
    public static String of(InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        if (address == null) {
            return "[unknown]";
        }
        return address instanceof Inet6Address
                ? "[IPv6:" + withoutScope(address) + "]"
                : "[" + address.getHostAddress() + "]";
    }

    private static String withoutScope(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
