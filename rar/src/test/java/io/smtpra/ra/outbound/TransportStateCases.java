package io.smtpra.ra.outbound;

import static io.smtpra.ra.outbound.TransportCase.Aspect.ENVELOPE;
import static io.smtpra.ra.outbound.TransportCase.Aspect.EXCEPTION;
import static io.smtpra.ra.outbound.TransportCase.Aspect.OCTETS;
import static io.smtpra.ra.outbound.TransportCases.address;
import static io.smtpra.ra.outbound.TransportCases.saved;
import static io.smtpra.ra.outbound.TransportCases.text;

import io.smtpra.ra.outbound.TransportCase.Call;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/** What applications do with a transport beside sending: connect, ask, close, sign on. */
final class TransportStateCases {

    private static final Address A = address("a@example.org");

    private TransportStateCases() {}

    static List<TransportCase> all() {
        return List.of(
                of("several mails on one transport", hearing -> {
                    Transport transport = hearing.connect(hearing.listening(hearing.session.getTransport("smtp")));
                    for (int i = 0; i < 3; i++) {
                        transport.sendMessage(saved(hearing), new Address[] {A});
                    }
                    hearing.note(transport.isConnected());
                    transport.close();
                    hearing.note(transport.isConnected());
                }),
                of("a mail behind one that was refused", hearing -> {
                    Transport transport = hearing.session.getTransport();
                    transport.connect();
                    try {
                        transport.sendMessage(saved(hearing), new Address[] {address("bad@example.org")});
                    } catch (SendFailedException e) {
                        hearing.note("refused");
                    }
                    transport.sendMessage(saved(hearing), new Address[] {A});
                    transport.close();
                }).answers("RCPT TO:<bad@", "550 5.1.1 unknown"),
                of("not connected", hearing ->
                        hearing.session.getTransport().sendMessage(saved(hearing), new Address[] {A})),
                of("closed before", hearing -> {
                    Transport transport = hearing.session.getTransport();
                    transport.connect();
                    transport.close();
                    transport.close();
                    transport.sendMessage(saved(hearing), new Address[] {A});
                }),
                of("connected twice", hearing -> {
                    try (Transport transport = hearing.session.getTransport()) {
                        transport.connect();
                        transport.connect();
                    }
                }),
                of("connected anew", hearing -> {
                    Transport transport = hearing.session.getTransport();
                    transport.connect();
                    transport.close();
                    transport.connect();
                    transport.sendMessage(saved(hearing), new Address[] {A});
                    transport.close();
                }),
                of("a transport for an address", hearing -> {
                    try (Transport transport = hearing.session.getTransport(A)) {
                        transport.connect();
                        transport.sendMessage(saved(hearing), new Address[] {A});
                    }
                }),
                of("a transport for a URL", hearing -> {
                    try (Transport transport = hearing.session.getTransport(new URLName("smtp://somebody@"))) {
                        hearing.note(transport.getURLName());
                        transport.connect();
                        hearing.note(transport.getURLName().getUsername());
                        transport.sendMessage(saved(hearing), new Address[] {A});
                    }
                }),
                of("a provider's transport", hearing -> {
                    try (Transport transport = hearing.session.getTransport(hearing.session.getProvider("smtp"))) {
                        transport.connect();
                        transport.sendMessage(saved(hearing), new Address[] {A});
                    }
                }),
                of("its name", hearing -> {
                    URLName name = hearing.session.getTransport("smtp").getURLName();
                    hearing.note(name.getProtocol() + " " + name.getPort() + " " + name.getFile());
                }),
                of("another host and port", hearing -> {
                    try (Transport transport = hearing.session.getTransport("smtp")) {
                        transport.connect("localhost", 1, "", null);
                        transport.sendMessage(saved(hearing), new Address[] {A});
                    }
                }).differs("host and port are the factory's", ENVELOPE, OCTETS, EXCEPTION),
                of("a listener that has gone", hearing -> {
                    try (Transport transport = hearing.listening(hearing.session.getTransport())) {
                        transport.removeTransportListener(hearing);
                        hearing.connect(transport);
                        transport.sendMessage(saved(hearing), new Address[] {A});
                    }
                }).silent(),
                of("a user", hearing -> {
                    MimeMessage message = text(hearing);
                    message.setRecipient(Message.RecipientType.TO, A);
                    Transport.send(message, "user", "secret");
                }).answers("AUTH", "235 2.7.0 welcome"),
                of("a user and addresses", hearing ->
                        Transport.send(text(hearing), new Address[] {A}, "user", "secret"))
                        .answers("AUTH", "235 2.7.0 welcome"),
                of("a user whom the next hop refuses", hearing ->
                        Transport.send(text(hearing), new Address[] {A}, "user", "secret"))
                        .answers("AUTH", "535 5.7.8 no"),
                of("a user whom it refuses for now", hearing ->
                        Transport.send(text(hearing), new Address[] {A}, "user", "secret"))
                        .answers("AUTH", "454 4.7.0 later"),
                of("a user without password", hearing -> {
                    try (Transport transport = hearing.session.getTransport()) {
                        transport.connect("user", null);
                        transport.sendMessage(saved(hearing), new Address[] {A});
                    }
                }));
    }

    private static TransportCase of(String name, Call call) {
        return new TransportCase(name, call);
    }
}
