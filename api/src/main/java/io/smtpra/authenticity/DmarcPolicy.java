package io.smtpra.authenticity;

/** What the domain in {@code From:} asks to be done with mail that fails DMARC (RFC 9989). */
public enum DmarcPolicy {

    /** Nothing: it only watches. */
    NONE,

    /** To look at it with suspicion. */
    QUARANTINE,

    /** To refuse it. */
    REJECT
}
