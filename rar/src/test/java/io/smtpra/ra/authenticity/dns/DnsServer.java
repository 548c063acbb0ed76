package io.smtpra.ra.authenticity.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Compression;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * A DNS server for tests, over UDP and TCP, on a port of its own of this host. It answers what it was told, keeps
 * silent where it was told to, and lies where a test has it lie.
 */
public final class DnsServer implements AutoCloseable {

    private static final int TTL = 300;
    private static final int UDP_SIZE = 1232;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<String, List<Record>> zone = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Map<String, BiFunction<Message, byte[], byte[]>> lies = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean validates;
    private volatile boolean closed;

    private DnsServer(DatagramSocket udp, ServerSocket tcp) {
        this.udp = udp;
        this.tcp = tcp;
    }

    public static DnsServer start() {
        try {
            InetAddress here = InetAddress.getByName("127.0.0.1");
            ServerSocket tcp = new ServerSocket(0, 50, here);
            DnsServer server = new DnsServer(new DatagramSocket(tcp.getLocalPort(), here), tcp);
            server.run(server::serveUdp);
            server.run(server::serveTcp);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", tcp.getLocalPort());
    }

    public DnsConfig config() {
        return new DnsConfig(List.of(address()), Duration.ofSeconds(1));
    }

    /** Says that it has validated what it answers. */
    public DnsServer validating() {
        validates = true;
        return this;
    }

    /** A text; one of more than 255 octets in several strings. */
    public DnsServer txt(String name, String... strings) {
        List<byte[]> parts = new ArrayList<>();
        for (String string : strings) {
            byte[] octets = string.getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i == 0 || i < octets.length; i += 255) {
                parts.add(Arrays.copyOfRange(octets, i, Math.min(octets.length, i + 255)));
            }
        }
        return add(new RawText(name(name), parts));
    }

    public DnsServer a(String name, String address) {
        return add(new ARecord(name(name), DClass.IN, TTL, inet(address)));
    }

    public DnsServer aaaa(String name, String address) {
        return add(new AAAARecord(name(name), DClass.IN, TTL, inet(address)));
    }

    public DnsServer mx(String name, int preference, String host) {
        return add(new MXRecord(name(name), DClass.IN, TTL, preference, name(host)));
    }

    public DnsServer ptr(String name, String host) {
        return add(new PTRRecord(name(name), DClass.IN, TTL, name(host)));
    }

    public DnsServer cname(String name, String target) {
        return add(new CNAMERecord(name(name), DClass.IN, TTL, name(target)));
    }

    /** The name is there, without a record. */
    public DnsServer exists(String name) {
        zone.computeIfAbsent(key(name(name)), key -> new CopyOnWriteArrayList<>());
        return this;
    }

    /** Asked about this name, it does not answer. */
    public DnsServer silent(String name) {
        silent.add(key(name(name)));
        return this;
    }

    /** Does not answer questions of this type about the name. */
    public DnsServer silent(String name, int type) {
        silent.add(key(name(name)) + " " + type);
        return this;
    }

    public DnsServer speaks(String name) {
        silent.remove(key(name(name)));
        return this;
    }

    /** Asked about this name over UDP, it sends what the function makes of the question and the right answer. */
    public DnsServer lies(String name, BiFunction<Message, byte[], byte[]> lie) {
        lies.put(key(name(name)), lie);
        return this;
    }

    /** What was asked, as {@code example.com. TXT udp}. */
    public List<String> asked() {
        return asked;
    }

    private DnsServer add(Record record) {
        zone.computeIfAbsent(key(record.getName()), key -> new CopyOnWriteArrayList<>()).add(record);
        return this;
    }

    private static String key(Name name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }

    static Name name(String text) {
        return DnsNames.name(DnsNames.normal(text)).orElse(Name.root);
    }

    private static InetAddress inet(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(Runnable task) {
        Thread thread = new Thread(task, "dns server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serveUdp() {
        byte[] buffer = new byte[4096];
        while (!closed) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                byte[] reply = answer(question, "udp");
                if (reply.length > 0) {
                    udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (closed) {
                    return;
                }
            }
        }
    }

    private void serveTcp() {
        while (!closed) {
            try {
                Socket socket = tcp.accept();
                run(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (Socket socket = accepted) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            while (!closed) {
                byte[] question = new byte[in.readUnsignedShort()];
                in.readFully(question);
                byte[] reply = answer(question, "tcp");
                if (reply.length > 0) {
                    out.writeShort(reply.length);
                    out.write(reply);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private byte[] answer(byte[] octets, String way) throws IOException {
        Message query = new Message(octets);
        Name name = query.getQuestion().getName();
        int type = query.getQuestion().getType();
        asked.add(key(name) + " " + Type.string(type) + " " + way);
        if (silent.contains(key(name)) || silent.contains(key(name) + " " + type)) {
            return new byte[0];
        }
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        if (validates && query.getHeader().getFlag(Flags.AD)) {
            reply.getHeader().setFlag(Flags.AD);
        }
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        fill(reply, name, type);
        byte[] right = reply.toWire(way.equals("udp") ? UDP_SIZE : 65_535);
        return way.equals("udp") && lies.containsKey(key(name)) ? lies.get(key(name)).apply(query, right) : right;
    }

    private void fill(Message reply, Name name, int type) {
        List<Record> records = zone.get(key(name));
        if (records == null) {
            boolean above = zone.keySet().stream().anyMatch(known -> known.endsWith("." + key(name)));
            if (!above) {
                reply.getHeader().setRcode(Rcode.NXDOMAIN);
            }
        } else {
            records.stream()
                    .filter(record -> record.getType() == type || record.getType() == Type.CNAME)
                    .forEach(record -> reply.addRecord(record, Section.ANSWER));
        }
        if (reply.getSection(Section.ANSWER).isEmpty()) {
            Name zoneName = name("test");
            reply.addRecord(new SOARecord(zoneName, DClass.IN, TTL, zoneName, zoneName, 1, TTL, TTL, TTL, TTL),
                    Section.AUTHORITY);
        }
    }

    @Override
    public void close() {
        closed = true;
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** dnsjava writes texts of its own that it has read from a zone file: these are octets. */
    private static final class RawText extends TXTRecord {

        private static final long serialVersionUID = 1;
        private final transient List<byte[]> parts;

        RawText(Name name, List<byte[]> parts) {
            super(name, DClass.IN, TTL, "x");
            this.parts = parts;
        }

        @Override
        protected void rrToWire(DNSOutput out, Compression c, boolean canonical) {
            for (byte[] part : parts) {
                out.writeU8(part.length);
                out.writeByteArray(part);
            }
        }

        @Override
        public String toString() {
            return getName() + " TXT of " + parts.size();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
