package io.smtpra.ra.inbound.smtp.rules;

import java.util.Map;

/** What becomes of a content that holds a CR or a LF alone. Neither ever ends the content. */
public enum BareNewlinePolicy {
    /** It is refused with {@code 550 5.6.11} once it has ended (RFC 5321 section 2.3.8). */
    REJECT,
    /** Each becomes CRLF, where the content ends with a dot; what has a length is taken as it is. */
    NORMALIZE,
    /** It is taken as it is. */
    ACCEPT_AS_DATA;

    /** The policies by the names that stand in a configuration. */
    public static Map<String, BareNewlinePolicy> names() {
        return Map.of("reject", REJECT, "normalize", NORMALIZE, "accept-as-data", ACCEPT_AS_DATA);
    }
}
