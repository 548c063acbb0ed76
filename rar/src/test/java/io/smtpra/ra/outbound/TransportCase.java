package io.smtpra.ra.outbound;

import io.smtpra.ra.Eventually;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionAdapter;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.event.TransportListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Something that an application does with a transport, and what is to be seen of it. */
final class TransportCase {

    /** No PIPELINING: what is said does not depend on how much of it goes at a time. */
    private static final String EHLO =
            "250-peer.example.com\r\n250-SIZE 1000000\r\n250-8BITMIME\r\n250-AUTH PLAIN\r\n250 DSN";

    private final String name;
    private final Call call;
    private final List<Script> scripts = new ArrayList<>();
    private final Map<String, Object> properties = new TreeMap<>();
    private final Set<Aspect> differs = EnumSet.noneOf(Aspect.class);
    private Optional<String> difference = Optional.empty();
    private final Set<Aspect> unsettled = EnumSet.noneOf(Aspect.class);
    private Optional<String> thrown = Optional.empty();
    private boolean silent;

    TransportCase(String name, Call call) {
        this.name = name;
        this.call = call;
    }

    TransportCase peer(Script script) {
        scripts.add(script);
        return this;
    }

    /** The next hop answers what begins so. */
    TransportCase answers(String command, String reply) {
        return peer(peer -> peer.answer(command, reply));
    }

    TransportCase with(String property, Object value) {
        properties.put(property, value);
        return this;
    }

    /** Listeners hear nothing, as nothing was tried. */
    TransportCase silent() {
        silent = true;
        return this;
    }

    /** Angus says now this, now that, as it happens to hear of it; ours is always thrown the same. */
    TransportCase unsettled(String reason, String ours, Aspect... aspects) {
        difference = Optional.of(reason);
        thrown = Optional.of(ours);
        unsettled.addAll(List.of(aspects));
        return this;
    }

    Set<Aspect> unsettled() {
        return unsettled;
    }

    Optional<String> thrown() {
        return thrown;
    }

    /** Ours is another way; why stands so in the document. */
    TransportCase differs(String reason, Aspect... aspects) {
        difference = Optional.of(reason);
        differs.addAll(List.of(aspects));
        return this;
    }

    String name() {
        return name;
    }

    Map<String, Object> properties() {
        return properties;
    }

    Set<Aspect> differs() {
        return differs;
    }

    Optional<String> difference() {
        return difference;
    }

    void prepare(SmtpPeer peer) throws IOException {
        peer.ehlo(EHLO);
        for (Script script : scripts) {
            script.prepare(peer);
        }
    }

    Seen run(Session session, SmtpPeer peer) throws Exception {
        Hearing hearing = new Hearing(session);
        String thrown = "nothing";
        try {
            call.run(hearing);
        } catch (MessagingException | RuntimeException e) {
            thrown = described(e);
        }
        hearing.awaitEvents(!silent);
        return new Seen(
                peer.commands().stream().filter(line -> line.startsWith("MAIL") || line.startsWith("RCPT"))
                        .map(TransportCase::comparable).toList(),
                peer.mails().stream().map(mail -> comparableContent(mail.content())).toList(),
                thrown, List.copyOf(hearing.events), List.copyOf(hearing.told));
    }

    /** What a client tells by itself, and how much it says of the size, is its own affair. */
    private static String comparable(String command) {
        return command.replaceAll(" (?:SIZE|BODY)=\\S+", "");
    }

    private static String comparableContent(String content) {
        return content.replaceAll("----=_Part_[\\w.]+", "BOUNDARY").replaceAll("Message-ID: \\S+", "Message-ID: ID");
    }

    private static String described(Exception e) {
        if (e instanceof SendFailedException failed) {
            return "SendFailedException sent " + addresses(failed.getValidSentAddresses()) + " unsent "
                    + addresses(failed.getValidUnsentAddresses())
                    + " invalid " + addresses(failed.getInvalidAddresses());
        }
        if (e instanceof AuthenticationFailedException) {
            return "AuthenticationFailedException";
        }
        return e instanceof MessagingException ? "MessagingException" : e.getClass().getSimpleName();
    }

    private static List<String> addresses(Address[] addresses) {
        return addresses == null ? List.of() : Stream.of(addresses).map(Address::toString).sorted().toList();
    }

    /** What can differ. */
    enum Aspect {
        /** What was said of sender and recipients. */
        ENVELOPE,
        /** What the next hop has taken. */
        OCTETS,
        /** What the application was thrown. */
        EXCEPTION,
        /** What listeners heard. */
        EVENTS,
        /** What the transport says of itself. */
        STATE
    }

    interface Call {
        void run(Hearing hearing) throws MessagingException;
    }

    interface Script {
        void prepare(SmtpPeer peer) throws IOException;
    }

    /** What was seen. */
    record Seen(List<String> envelope, List<String> mails, String thrown, List<String> events, List<String> state) {

        Object of(Aspect aspect) {
            return switch (aspect) {
                case ENVELOPE -> envelope;
                case OCTETS -> mails;
                case EXCEPTION -> thrown;
                case EVENTS -> events;
                case STATE -> state;
            };
        }
    }

    /** The application's Session, and what listeners hear. */
    static final class Hearing implements TransportListener {

        final Session session;
        private final List<String> events = new CopyOnWriteArrayList<>();
        private final List<String> told = new ArrayList<>();
        private int connected;
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        Hearing(Session session) {
            this.session = session;
        }

        /** Notes what the transport says of itself. */
        void note(Object what) {
            told.add(String.valueOf(what));
        }

        /** Its listeners are told from then on; Jakarta Mail's queue may forget what comes just before it is closed. */
        Transport connect(Transport transport) throws MessagingException {
            transport.connect();
            connected++;
            Eventually.isTrue(() -> opened.get() == connected);
            return transport;
        }

        Transport listening(Transport transport) {
            transport.addTransportListener(this);
            transport.addConnectionListener(new ConnectionAdapter() {
                @Override
                public void opened(ConnectionEvent event) {
                    opened.incrementAndGet();
                }

                @Override
                public void closed(ConnectionEvent event) {
                    closed.incrementAndGet();
                }
            });
            return transport;
        }

        void send(Message message, Address... addresses) throws MessagingException {
            Transport transport = connect(listening(session.getTransport("smtp")));
            try {
                transport.sendMessage(message, addresses);
            } finally {
                transport.close();
            }
        }

        /** Angus tells of some failures after it has closed. */
        void awaitEvents(boolean ofMails) {
            Eventually.isTrue(() -> closed.get() >= connected && (connected == 0 || !ofMails || !events.isEmpty()));
        }

        @Override
        public void messageDelivered(TransportEvent event) {
            heard("delivered", event);
        }

        @Override
        public void messageNotDelivered(TransportEvent event) {
            heard("not delivered", event);
        }

        @Override
        public void messagePartiallyDelivered(TransportEvent event) {
            heard("partially", event);
        }

        private void heard(String what, TransportEvent event) {
            events.add(what + " sent " + addresses(event.getValidSentAddresses()) + " unsent "
                    + addresses(event.getValidUnsentAddresses())
                    + " invalid " + addresses(event.getInvalidAddresses()));
        }
    }
}
