package io.smtpra.ra.inbound.smtp.argument;

import io.smtpra.BodyType;
import io.smtpra.DsnReturn;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import java.util.Arrays;
import java.util.Optional;

/** The values of the parameters of {@code MAIL}. */
public final class MailParameters {

    /** RFC 1870 section 4. */
    private static final int MAX_SIZE_DIGITS = 20;
    /** RFC 3461 section 4.4. */
    private static final int MAX_ENVELOPE_ID = 100;

    private MailParameters() {}

    public static long size(String value) throws Refusal {
        if (value.isEmpty() || value.length() > MAX_SIZE_DIGITS
                || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Refusal(SmtpReplies.BAD_PARAMETER);
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            // twenty digits may be more than a long holds
            return Long.MAX_VALUE;
        }
    }

    /**
     * What octets the content holds.
     *
     * @param binary whether {@code BINARYMIME} is offered
     */
    public static BodyType body(String value, boolean binary) throws Refusal {
        BodyType type = Arrays.stream(BodyType.values())
                .filter(candidate -> candidate.parameterValue().equalsIgnoreCase(value))
                .findAny().orElseThrow(() -> new Refusal(SmtpReplies.BAD_PARAMETER));
        if (type == BodyType.BINARY_MIME && !binary) {
            throw new Refusal(SmtpReplies.UNKNOWN_PARAMETER);
        }
        return type;
    }

    public static DsnReturn dsnReturn(String value) throws Refusal {
        return Arrays.stream(DsnReturn.values())
                .filter(candidate -> candidate.name().equalsIgnoreCase(value))
                .findAny().orElseThrow(() -> new Refusal(SmtpReplies.BAD_PARAMETER));
    }

    /** The sender's id of the envelope, an ornament: absent where it cannot be read. */
    public static Optional<String> envelopeId(String value) {
        return Optional.of(value).filter(EsmtpParameters::isValue).flatMap(Xtext::decode)
                .filter(id -> id.length() <= MAX_ENVELOPE_ID);
    }

    /** A parameter that has no value. */
    public static void flag(String value) throws Refusal {
        if (!value.isEmpty()) {
            throw new Refusal(SmtpReplies.BAD_PARAMETER);
        }
    }
}
