package io.smtpra.ra.tls.server;

import io.smtpra.ListenerKind;
import io.smtpra.ra.config.PropertyReader;
import java.util.EnumMap;
import java.util.Map;

/** Whether a client is asked for its certificate. */
public enum ClientCertificates {
    /** Not asked. */
    NONE,
    /** Asked; the handshake succeeds with a certificate that is not trusted, and without one. */
    REQUEST,
    /** Asked; the handshake fails without a trusted certificate. */
    REQUIRE;

    /**
     * The names that stand in a configuration.
     *
     * @return the choice by its name
     */
    public static Map<String, ClientCertificates> names() {
        return Map.of("none", NONE, "request", REQUEST, "require", REQUIRE);
    }

    /**
     * Reads what the clients of each kind of listener are asked: where the property of a kind is empty, what the
     * property of all kinds says.
     *
     * @param reader the properties
     * @return the choice for each kind
     */
    public static Map<ListenerKind, ClientCertificates> read(PropertyReader reader) {
        ClientCertificates general = reader.choice("clientCertificates", names());
        Map<ListenerKind, ClientCertificates> asked = new EnumMap<>(ListenerKind.class);
        for (ListenerKind kind : ListenerKind.values()) {
            String property = kind.configurationName() + "ClientCertificates";
            asked.put(kind, reader.text(property).isEmpty() ? general : reader.choice(property, names()));
        }
        return asked;
    }
}
