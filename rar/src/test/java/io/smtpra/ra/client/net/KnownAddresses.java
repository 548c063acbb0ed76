package io.smtpra.ra.client.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A name with several addresses of this machine, which no resolver has to know. */
public final class KnownAddresses {

    private KnownAddresses() {}

    public static HostAddresses of(int port, String... addresses) throws UnknownHostException {
        InetAddress[] known = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            known[i] = InetAddress.getByName(addresses[i]);
        }
        return new HostAddresses("mx.example.com", port, host -> known);
    }
}
