package io.smtpra.ra.outbound.client;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialogue as it goes over the wire, for the log at DEBUG: {@code C:} for us, {@code S:} for the next hop. Secrets are
 * masked, and content is counted, not shown.
 */
final class Transcript {

    private static final Logger LOG = LoggerFactory.getLogger(Transcript.class);
    private static final String MASK = "****";

    private final String label;
    private boolean secret;

    Transcript(String label) {
        this.label = label;
    }

    boolean isOn() {
        return LOG.isDebugEnabled();
    }

    void said(String line) {
        LOG.debug("{} C: {}", label, line);
    }

    void heard(String line) {
        if (LOG.isDebugEnabled()) {
            boolean challenge = secret && line.startsWith("334");
            LOG.debug("{} S: {}", label, challenge ? "334 " + MASK : line);
        }
    }

    /** An AUTH command: the mechanism is told, its initial response is not. */
    void saidSecret(String visible, boolean nothingElse) {
        LOG.debug("{} C: {}{}", label, visible, nothingElse ? "" : MASK);
    }

    /** While this holds, challenges are masked. */
    void secret(boolean masked) {
        secret = masked;
    }

    void content(long octets) {
        LOG.debug("{} C: ({} octets of content)", label, octets);
    }

    void note(String event) {
        LOG.debug("{} -- {}", label, event);
    }
}
