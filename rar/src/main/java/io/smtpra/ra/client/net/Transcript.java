package io.smtpra.ra.client.net;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation as it goes over the wire, for the log at DEBUG: {@code C:} for us, {@code S:} for the next hop.
 * Secrets are masked, and content is counted, not shown.
 */
public final class Transcript {

    private static final Logger LOG = LoggerFactory.getLogger(Transcript.class);
    private static final String MASK = "****";

    private final String label;
    private boolean secret;

    Transcript(String label) {
        this.label = label;
    }

    /** Whether anybody wants to see it; ask before making text for it. */
    public boolean isOn() {
        return LOG.isDebugEnabled();
    }

    /** A line of ours. */
    public void said(String line) {
        LOG.debug("{} C: {}", label, line);
    }

    void heard(String line) {
        if (LOG.isDebugEnabled()) {
            boolean challenge = secret && line.startsWith("334");
            LOG.debug("{} S: {}", label, challenge ? "334 " + MASK : line);
        }
    }

    /** An AUTH command: the mechanism is told, its initial response is not. */
    public void saidSecret(String visible, boolean nothingElse) {
        LOG.debug("{} C: {}{}", label, visible, nothingElse ? "" : MASK);
    }

    /** While this holds, challenges are masked. */
    public void secret(boolean masked) {
        secret = masked;
    }

    /** Content of ours, counted. */
    public void content(long octets) {
        LOG.debug("{} C: ({} octets of content)", label, octets);
    }

    void note(String event) {
        LOG.debug("{} -- {}", label, event);
    }
}
