package io.smtpra.ra;

import io.smtpra.ra.inbound.DeliveryConfig;
import io.smtpra.ra.inbound.listener.ConnectionLimits;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.protocol.ProtocolConfig;
import io.smtpra.ra.tls.ServerTlsConfig;
import java.util.List;

/**
 * What a resource adapter is configured to do.
 *
 * @param listeners the listeners that are on, possibly none
 * @param connections how many connections there may be
 * @param tls TLS of the listeners
 * @param protocol how SMTP is spoken
 * @param deliveries the bounds of deliveries
 * @param store where contents are held
 */
record AdapterConfig(
        List<ListenerConfig> listeners,
        ConnectionLimits connections,
        ServerTlsConfig tls,
        ProtocolConfig protocol,
        DeliveryConfig deliveries,
        StoreBounds store) {

    AdapterConfig {
        listeners = List.copyOf(listeners);
    }

    String hostName() {
        return protocol.hostName();
    }
}
