package io.smtpra.ra.event;

import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Reply;
import io.smtpra.TlsFacts;
import io.smtpra.event.SmtpEvent;
import java.lang.reflect.RecordComponent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An event as one JSON object (RFC 8259) on one line: {@code time} and {@code event}, then what its record has, by the
 * names that it has there. What is absent is left out.
 */
final class EventJson {

    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            return type.getRecordComponents();
        }
    };

    private final JsonText json = new JsonText();

    private EventJson() {}

    static String of(SmtpEvent event) {
        EventJson writer = new EventJson();
        writer.json.begin();
        writer.json.name("time").text(event.at().toString());
        writer.json.name("event").text(event.kind().configurationName());
        writer.components(event);
        writer.json.end();
        return writer.json.toString();
    }

    private void components(Object record) {
        for (RecordComponent component : COMPONENTS.get(record.getClass())) {
            Object value = value(record, component);
            // The time is there already.
            if (!(value instanceof Instant)) {
                member(component.getName(), value);
            }
        }
    }

    private void member(String name, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(there -> member(name, there));
        } else if (value instanceof Duration duration) {
            json.name(name + "Millis").number(duration.toMillis());
        } else {
            json.name(name);
            element(value);
        }
    }

    private void element(Object value) {
        if (value instanceof Number number) {
            json.number(number.longValue());
        } else if (value instanceof Peer peer) {
            peer(peer);
        } else if (value instanceof TlsFacts tls) {
            tls(tls);
        } else if (value instanceof Reply reply) {
            reply(reply);
        } else if (value instanceof List<?> list) {
            json.beginList();
            list.forEach(this::element);
            json.endList();
        } else if (value instanceof Mailbox || !(value instanceof Record)) {
            json.text(text(value));
        } else {
            json.begin();
            components(value);
            json.end();
        }
    }

    private void peer(Peer peer) {
        json.begin();
        json.name("address").text(address(peer.address()));
        json.name("port").number(peer.address().getPort());
        peer.proxy().ifPresent(proxy -> json.name("proxy").text(address(proxy)));
        if (!peer.heloName().isEmpty()) {
            json.name("helo").text(peer.heloName());
        }
        json.name("listener").text(peer.listener().configurationName());
        member("user", peer.authenticatedUser());
        member("tls", peer.tls());
        json.end();
    }

    private void tls(TlsFacts tls) {
        json.begin();
        json.name("protocol").text(tls.protocol());
        json.name("cipher").text(tls.cipherSuite());
        member("subject", tls.peerSubject());
        json.name("verified").literal(Boolean.toString(tls.peerVerified()));
        json.end();
    }

    private void reply(Reply reply) {
        json.begin();
        json.name("code").number(reply.code());
        member("status", reply.enhancedStatusCode().map(Object::toString));
        json.name("text").text(reply.text());
        json.end();
    }

    private static String text(Object value) {
        if (value instanceof ListenerKind listener) {
            return listener.configurationName();
        }
        return value instanceof Enum<?> word
                ? word.name().toLowerCase(Locale.ROOT).replace('_', '-') : value.toString();
    }

    private static String address(InetSocketAddress socket) {
        return socket.getAddress() == null ? socket.getHostString() : socket.getAddress().getHostAddress();
    }

    private static Object value(Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("An event cannot be read", e);
        }
    }
}
