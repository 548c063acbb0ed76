package io.smtpra.it;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** A DNS server of this test's own, over UDP: it knows texts, and nothing else exists. */
final class NameServer implements AutoCloseable {

    private static final int STRING = 255;

    private final DatagramSocket socket;
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    NameServer() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getByName(Ports.LOOPBACK));
        Thread thread = new Thread(this::serve, "name server");
        thread.setDaemon(true);
        thread.start();
    }

    /** As the property {@code dnsServers} has it. */
    String address() {
        return Ports.LOOPBACK + ":" + socket.getLocalPort();
    }

    NameServer txt(String name, String text) {
        texts.put(name + ".", text);
        return this;
    }

    /** It answers no more. */
    void fallSilent() {
        silent = true;
    }

    /** The names that it was asked about. */
    List<String> asked() {
        return asked;
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
                asked.add(query.getQuestion().getName().toString());
                if (!silent) {
                    byte[] reply = answer(query).toWire();
                    socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // closed, or a question that is none
            }
        }
    }

    private Message answer(Message query) {
        Name name = query.getQuestion().getName();
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        String text = texts.get(name.toString().toLowerCase(Locale.ROOT));
        if (text == null) {
            reply.getHeader().setRcode(Rcode.NXDOMAIN);
        } else if (query.getQuestion().getType() == Type.TXT) {
            reply.addRecord(new TXTRecord(name, DClass.IN, 0, strings(text)), Section.ANSWER);
        }
        return reply;
    }

    private static List<String> strings(String text) {
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < text.length(); i += STRING) {
            strings.add(text.substring(i, Math.min(text.length(), i + STRING)));
        }
        return strings;
    }

    @Override
    public void close() {
        socket.close();
    }
}
