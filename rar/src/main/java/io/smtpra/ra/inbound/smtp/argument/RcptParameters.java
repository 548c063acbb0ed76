package io.smtpra.ra.inbound.smtp.argument;

import io.smtpra.DsnNotify;
import io.smtpra.Mailbox;
import io.smtpra.OriginalRecipient;
import io.smtpra.Recipient;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The parameters of {@code RCPT}, as far as they are offered in this state. */
public final class RcptParameters {

    /** RFC 3461 section 4.2. */
    private static final int MAX_ORIGINAL_RECIPIENT = 500;

    private final ProtocolConfig config;

    public RcptParameters(ProtocolConfig config) {
        this.config = config;
    }

    /**
     * Reads them.
     *
     * @param ascii whether the path is in ASCII, as it must be without SMTPUTF8
     */
    public Recipient read(SmtpSession session, Mailbox mailbox, EsmtpParameters given, boolean ascii) throws Refusal {
        boolean utf8 = session.transaction().filter(transaction -> transaction.sender().smtpUtf8()).isPresent();
        boolean dsn = session.isExtended() && config.isOn(Extension.DSN);
        Set<DsnNotify> notifyOn = dsn ? notifyOn(given) : Set.of();
        Optional<OriginalRecipient> original = dsn ? originalRecipient(given, utf8) : Optional.empty();
        if (!utf8 && !ascii) {
            throw new Refusal(SmtpReplies.UTF8_NEEDED);
        }
        return new Recipient(mailbox, notifyOn, original);
    }

    private static Set<DsnNotify> notifyOn(EsmtpParameters given) throws Refusal {
        Set<DsnNotify> read = EnumSet.noneOf(DsnNotify.class);
        Optional<String> value = given.takeValue("NOTIFY");
        if (value.isEmpty()) {
            return read;
        }
        for (String word : value.get().split(",", -1)) {
            DsnNotify item = Arrays.stream(DsnNotify.values())
                    .filter(candidate -> candidate.name().equalsIgnoreCase(word))
                    .findAny().orElseThrow(() -> new Refusal(SmtpReplies.BAD_PARAMETER));
            if (!read.add(item)) {
                throw new Refusal(SmtpReplies.BAD_PARAMETER);
            }
        }
        if (read.contains(DsnNotify.NEVER) && read.size() > 1) {
            throw new Refusal(SmtpReplies.BAD_PARAMETER);
        }
        return read;
    }

    /**
     * What is no address in an encoding that we know, or too long for one, is left out; and so is UTF-8 as it is in a
     * mail without SMTPUTF8 (RFC 6533 section 3).
     */
    private static Optional<OriginalRecipient> originalRecipient(EsmtpParameters given, boolean utf8) {
        Optional<String> value = given.takeOrnament("ORCPT")
                .filter(text -> text.length() <= MAX_ORIGINAL_RECIPIENT)
                .filter(text -> utf8 || text.chars().allMatch(c -> c < 128));
        int semicolon = value.orElse("").indexOf(';');
        if (semicolon < 0) {
            return Optional.empty();
        }
        String type = value.get().substring(0, semicolon);
        String encoded = value.get().substring(semicolon + 1);
        Optional<String> address = type.equalsIgnoreCase("utf-8") ? Xtext.decodeUtf8(encoded) : Xtext.decode(encoded);
        try {
            return address.map(decoded -> new OriginalRecipient(type, decoded));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
