package io.smtpra.ra.inbound.smtp.argument;

import io.smtpra.BodyType;
import io.smtpra.DsnReturn;
import io.smtpra.Mailbox;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.Sender;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Arrays;
import java.util.Optional;

/** The parameters of {@code MAIL}, as far as they are offered in this state. */
public final class MailParameters {

    /** RFC 1870 section 4. */
    private static final int MAX_SIZE_DIGITS = 20;
    /** RFC 3461 section 4.4. */
    private static final int MAX_ENVELOPE_ID = 100;

    private final ProtocolConfig config;

    public MailParameters(ProtocolConfig config) {
        this.config = config;
    }

    /**
     * Reads them.
     *
     * @param ascii whether the path is in ASCII, as it must be without SMTPUTF8
     */
    public Sender read(SmtpSession session, Optional<Mailbox> reversePath, Parameters given, boolean ascii)
            throws Refusal {
        boolean extended = session.isExtended();
        long size = extended && config.isOn(Extension.SIZE) ? size(given) : 0;
        BodyType body = extended && config.isOn(Extension.EIGHT_BIT_MIME) ? body(given) : BodyType.SEVEN_BIT;
        boolean utf8 = extended && config.isOn(Extension.SMTP_UTF8) && given.takeFlag("SMTPUTF8");
        boolean requireTls = extended && config.isOn(Extension.REQUIRE_TLS) && session.isTLSStarted()
                && given.takeFlag("REQUIRETLS");
        boolean dsn = extended && config.isOn(Extension.DSN);
        Optional<DsnReturn> dsnReturn = dsn ? dsnReturn(given) : Optional.empty();
        Optional<String> envelopeId = dsn ? envelopeId(given) : Optional.empty();
        // RFC 4954 section 5: who is said to have submitted a mail need not be believed, and never costs the mail
        given.takeOrnament("AUTH");
        given.refuseRest();
        if (!utf8 && !ascii) {
            throw new Refusal(SmtpReplies.UTF8_NEEDED);
        }
        if (size > config.limits().maxMessageSize()) {
            throw new Refusal(SmtpReplies.TOO_BIG);
        }
        return new Sender(reversePath, body, utf8, requireTls, dsnReturn, envelopeId);
    }

    private static long size(Parameters given) throws Refusal {
        String value = given.takeValue("SIZE").orElse("0");
        if (value.length() > MAX_SIZE_DIGITS || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Refusal(SmtpReplies.BAD_PARAMETER);
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            // twenty digits may be more than a long holds
            return Long.MAX_VALUE;
        }
    }

    private BodyType body(Parameters given) throws Refusal {
        Optional<String> value = given.takeValue("BODY");
        if (value.isEmpty()) {
            return BodyType.SEVEN_BIT;
        }
        BodyType type = Arrays.stream(BodyType.values())
                .filter(candidate -> candidate.parameterValue().equalsIgnoreCase(value.get()))
                .findAny().orElseThrow(() -> new Refusal(SmtpReplies.BAD_PARAMETER));
        if (type == BodyType.BINARY_MIME && !config.isOn(Extension.CHUNKING)) {
            throw new Refusal(SmtpReplies.UNKNOWN_PARAMETER);
        }
        return type;
    }

    private static Optional<DsnReturn> dsnReturn(Parameters given) throws Refusal {
        Optional<String> value = given.takeValue("RET");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(DsnReturn.values())
                .filter(candidate -> candidate.name().equalsIgnoreCase(value.get()))
                .findAny().orElseThrow(() -> new Refusal(SmtpReplies.BAD_PARAMETER)));
    }

    private static Optional<String> envelopeId(Parameters given) {
        return given.takeOrnament("ENVID").flatMap(Xtext::decode).filter(id -> id.length() <= MAX_ENVELOPE_ID);
    }
}
