package io.smtpra.ra.client.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The addresses of one server, and which of them answered last. Shared by all connections to it. */
public final class HostAddresses {

    private final String host;
    private final int port;
    private final Resolver resolver;
    private volatile Optional<InetAddress> answered = Optional.empty();

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * The addresses of a server, found by the machine's resolver, anew for each connection.
     *
     * @param host its name or address
     * @param port its port
     */
    public HostAddresses(String host, int port) {
        this(host, port, InetAddress::getAllByName);
    }

    HostAddresses(String host, int port, Resolver resolver) {
        this.host = host;
        this.port = port;
        this.resolver = resolver;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    /** This one greeted us: it is tried first from now on. */
    public void answered(InetAddress address) {
        answered = Optional.of(address);
    }

    /** This one took no mail: it has no preference any longer. */
    public void failed(InetAddress address) {
        if (answered.filter(address::equals).isPresent()) {
            answered = Optional.empty();
        }
    }

    /** All of them, to be tried in this order: the one that answered last, then both families in turn. */
    Deque<InetSocketAddress> inOrder() throws UnknownHostException {
        List<InetAddress> found = new ArrayList<>(Arrays.asList(resolver.resolve(host)));
        Deque<InetSocketAddress> order = new ArrayDeque<>(found.size());
        answered.filter(found::remove).ifPresent(address -> order.add(new InetSocketAddress(address, port)));
        // RFC 8305 section 4: one family may be broken altogether, and then half of the tries are not lost on it.
        boolean fourNext = !found.isEmpty() && found.get(0) instanceof Inet4Address;
        while (!found.isEmpty()) {
            boolean four = fourNext;
            InetAddress next = found.stream().filter(address -> address instanceof Inet4Address == four).findFirst()
                    .orElse(found.get(0));
            found.remove(next);
            order.add(new InetSocketAddress(next, port));
            fourNext = !fourNext;
        }
        return order;
    }
}
