package io.smtpra.ra.inbound.listener;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.james.protocols.api.Response;

/**
 * A reply that the listener gives by itself.
 *
 * @param line the whole reply
 * @param isEndSession whether the connection ends with it
 */
record FixedReply(String line, boolean isEndSession) implements Response {

    static final FixedReply LOCAL_ERROR = new FixedReply("451 4.3.0 Local error, try again later", false);
    static final FixedReply BARE_CR = new FixedReply("500 5.5.2 A line ends in CRLF and holds no CR or LF", false);
    static final FixedReply BARE_LF = new FixedReply("500 5.5.2 A line ends in CRLF, not in LF alone, closing", true);
    static final FixedReply LINE_TOO_LONG = new FixedReply("500 5.5.2 Line too long", false);
    static final FixedReply NO_TLS = new FixedReply("454 4.7.0 TLS is not available for now", false);

    private static final Pattern ENHANCED = Pattern.compile("^(\\d{3} )\\d\\.\\d{1,3}\\.\\d{1,3} ");

    static final String TIMED_OUT = "421 4.4.2 %s Timed out, closing";
    static final String SHUTTING_DOWN = "421 4.3.2 %s Shutting down, try again later";
    static final String TOO_MANY_CONNECTIONS = "421 4.7.0 %s Too many connections, try again later";
    static final String NO_ACCESS = "554 5.7.1 %s Access denied";

    /** A reply that names this host (RFC 5321 section 4.2). */
    static FixedReply closing(String form, String hostName) {
        return new FixedReply(form.formatted(hostName), true);
    }

    /** The same reply as it is said where {@code ENHANCEDSTATUSCODES} is switched off. */
    FixedReply withoutEnhancedStatusCode() {
        return new FixedReply(ENHANCED.matcher(line).replaceFirst("$1"), isEndSession);
    }

    @Override
    public String getRetCode() {
        return line.substring(0, 3);
    }

    @Override
    public List<CharSequence> getLines() {
        return List.of(line);
    }
}
