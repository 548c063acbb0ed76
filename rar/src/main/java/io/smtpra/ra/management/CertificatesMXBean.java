package io.smtpra.ra.management;

import java.util.List;

/**
 * The certificates of a running adapter, for an administrator: in the JVM's platform MBean server, as
 * {@code io.smtpra:type=Certificates,listener="address:port"}.
 */
public interface CertificatesMXBean {

    /**
     * When the first of all certificates expires.
     *
     * @return the time in ISO 8601, UTC; empty if there is none but what the server manages
     */
    String getExpires();

    /**
     * How many days are left until then.
     *
     * @return whole days, below zero after it; the largest number if there is nothing to expire
     */
    long getDaysLeft();

    /**
     * The certificates that listeners show, and connection factories where a next hop asks.
     *
     * @return a line for each: subject, issuer, until when it is valid, SHA-256 fingerprint
     */
    List<String> getCertificates();

    /**
     * Reads all key and trust material again, now. Connections go on with what they began with.
     *
     * @throws IllegalStateException if any of it can't be used, and why: it has not changed then
     */
    void reload();

    /**
     * Forgets all TLS sessions of the listeners, and the keys of session tickets: no client goes on with a session that
     * it had before. Connections go on.
     *
     * @throws IllegalStateException if the sessions are those of a context of the server, or the keys come from files:
     *     nothing has changed then
     */
    void flushSessions();
}
