package io.smtpra.ra.inbound.listener;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a connection comes from and goes to.
 *
 * @param remote the client, as the proxy reported it if there is one
 * @param local what it connected to
 * @param proxy the proxy
 */
record PeerAddress(InetSocketAddress remote, InetSocketAddress local, Optional<InetSocketAddress> proxy) {

    /** Never asks the DNS, unlike {@link InetSocketAddress#toString()} where a name is known. */
    String text() {
        return remote.getAddress().getHostAddress() + ":" + remote.getPort()
                + proxy.map(address -> " by way of " + address.getAddress().getHostAddress()).orElse("");
    }
}
