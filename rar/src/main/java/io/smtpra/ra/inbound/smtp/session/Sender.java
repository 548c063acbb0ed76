package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.BodyType;
import io.smtpra.DsnReturn;
import io.smtpra.Mailbox;
import java.util.Optional;

/**
 * What {@code MAIL} said.
 *
 * @param reversePath who sends; absent for the null reverse-path
 * @param bodyType what octets the content may hold
 * @param smtpUtf8 whether addresses or headers may be in UTF-8
 * @param requireTls whether each hop must use verified TLS
 * @param dsnReturn how much a delivery status notification should bring back
 * @param envelopeId the sender's id of the envelope, decoded
 */
public record Sender(
        Optional<Mailbox> reversePath,
        BodyType bodyType,
        boolean smtpUtf8,
        boolean requireTls,
        Optional<DsnReturn> dsnReturn,
        Optional<String> envelopeId) {}
