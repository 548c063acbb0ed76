package io.smtpra.ra.client.net;

import io.smtpra.TlsFacts;
import io.smtpra.ra.tls.client.ClientTls;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** A connection of the client to a server on the loopback address, with TLS from its first octet. */
public final class TlsConnection implements Closeable {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Watchdog WATCHDOG = new Watchdog();

    private final Wire wire;
    private final SecuredWire secured;
    private final TlsFacts facts;

    private TlsConnection(Wire wire, SecuredWire secured, TlsFacts facts) {
        this.wire = wire;
        this.secured = secured;
        this.facts = facts;
    }

    public static TlsConnection open(ClientTls tls, String host, int port) throws IOException {
        return open(tls, host, port, LONG);
    }

    public static TlsConnection open(ClientTls tls, String host, int port, Duration patience) throws IOException {
        Wire wire = new Wire(Connector.to(new HostAddresses("127.0.0.1", port)).connect(LONG, SendBudget.of(LONG)),
                WATCHDOG);
        wire.expireAfter(patience);
        SecuredWire secured = SecuredWire.on(wire, tls, host, port);
        return new TlsConnection(wire, secured, secured.facts(tls));
    }

    public TlsFacts facts() {
        return facts;
    }

    public X509Certificate certificate() {
        return facts.peerCertificates().get(0);
    }

    public String subject() {
        return certificate().getSubjectX500Principal().getName();
    }

    /** Says it, and hears as much. */
    public String echo(String text) throws IOException {
        write(text.getBytes(StandardCharsets.US_ASCII));
        return read(text.length());
    }

    public void write(byte[] octets) throws IOException {
        wire.expireAfter(LONG);
        secured.write(octets, 0, octets.length);
    }

    public String read(int count) throws IOException {
        wire.expireAfter(LONG);
        byte[] octets = new byte[count];
        int have = 0;
        while (have < count) {
            int read = secured.read(octets, have, count - have);
            if (read < 0) {
                break;
            }
            have += read;
        }
        return new String(octets, 0, have, StandardCharsets.US_ASCII);
    }

    boolean isReadable() {
        return secured.isReadable();
    }

    @Override
    public void close() throws IOException {
        try {
            secured.close();
        } finally {
            wire.close();
        }
    }
}
