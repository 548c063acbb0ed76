package io.smtpra.ra.inbound.listener;

import org.apache.james.protocols.api.Protocol;

/** A protocol that says how the listener is to word the replies that it gives by itself. */
public interface SmtpProtocol extends Protocol {

    /**
     * Whether replies have enhanced status codes (RFC 2034).
     *
     * @return true if so
     */
    boolean hasEnhancedStatusCodes();
}
