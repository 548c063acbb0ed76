package io.smtpra.ra.authenticity;

import java.util.Map;

/** What follows from a check. */
public enum CheckPolicy {

    /** It is not made. */
    OFF,

    /** It is made, and nothing follows but a verdict. */
    OBSERVE,

    /** Mail may be refused. */
    ENFORCE;

    static final Map<String, CheckPolicy> BY_NAME = Map.of("off", OFF, "observe", OBSERVE, "enforce", ENFORCE);
}
