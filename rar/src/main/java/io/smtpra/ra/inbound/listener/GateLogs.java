package io.smtpra.ra.inbound.listener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What a listener says about connections that it refuses.
 *
 * @param total too many in all
 * @param perAddress too many from one address
 * @param denied not allowed by address
 * @param notProxy not from a proxy
 * @param noHeader from a proxy that did not say for whom
 */
record GateLogs(
        ThrottledLog total, ThrottledLog perAddress, ThrottledLog denied, ThrottledLog notProxy, ThrottledLog noHeader) {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGate.class);

    GateLogs() {
        this(log(Level.WARN), log(Level.INFO), log(Level.INFO), log(Level.WARN), log(Level.WARN));
    }

    private static ThrottledLog log(Level level) {
        return new ThrottledLog(LOG, level);
    }
}
