package io.smtpra.ra.client.transfer;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import java.util.OptionalLong;

/**
 * What a mail demands of the next hop.
 *
 * @param size its length in octets, where known
 * @param body what octets its content holds
 * @param utf8 whether addresses or headers are in UTF-8
 * @param requireTls whether each hop must use verified TLS
 */
record Demands(OptionalLong size, BodyType body, boolean utf8, boolean requireTls) {

    /** As far as the envelope tells. */
    static Demands of(Envelope envelope, OptionalLong size) {
        return new Demands(size, envelope.bodyType(), envelope.smtpUtf8() || AddressForm.needsUtf8(envelope),
                envelope.requireTls());
    }

    /** As envelope and content tell together. What the envelope says of 7 or 8 bits gives way to what the content is. */
    static Demands of(Envelope envelope, ContentForm content) {
        return new Demands(OptionalLong.of(content.size()), content.bodyType(),
                envelope.smtpUtf8() || content.needsUtf8() || AddressForm.needsUtf8(envelope), envelope.requireTls());
    }

    /** Refuses what the next hop cannot take, whatever is done about the body. */
    void check(String peer, ServerExtensions usable, boolean hostVerified) throws SmtpException {
        if (size.isPresent() && usable.maxSize().isPresent() && size.getAsLong() > usable.maxSize().getAsLong()) {
            throw refusal("The mail has " + size.getAsLong() + " octets, and " + peer + " takes at most "
                    + usable.maxSize().getAsLong());
        }
        if (utf8 && !usable.smtpUtf8()) {
            throw refusal("The mail has addresses or headers in UTF-8, and " + peer + " does not offer SMTPUTF8");
        }
        // RFC 8689 section 4.2.1: a chain is not enough, for anybody can have one for another name.
        if (requireTls && !hostVerified) {
            throw refusal("The mail requires TLS with a verified host, and the connection to " + peer
                    + " has none: that takes certificateCheck=chainAndHost");
        }
        if (requireTls && !usable.requireTls()) {
            throw refusal("The mail requires TLS on each hop, and " + peer + " does not offer REQUIRETLS");
        }
    }

    static SmtpException refusal(String message) {
        return new SmtpException(Phase.PREPARE, message, false, null);
    }
}
