package io.smtpra.ra.inbound.smtp.rules;

import static io.smtpra.ra.inbound.smtp.rules.Verb.Flag.BEFORE_AUTH;
import static io.smtpra.ra.inbound.smtp.rules.Verb.Flag.BEFORE_HELLO;
import static io.smtpra.ra.inbound.smtp.rules.Verb.Flag.BEFORE_TLS;
import static io.smtpra.ra.inbound.smtp.rules.Verb.Flag.JUNK;
import static io.smtpra.ra.inbound.smtp.rules.Verb.Flag.NEEDS_TRANSACTION;
import static io.smtpra.ra.inbound.smtp.rules.Verb.Flag.NOT_IN_TRANSACTION;
import static io.smtpra.ra.inbound.smtp.rules.Verb.Pipelining.ANYWHERE;
import static io.smtpra.ra.inbound.smtp.rules.Verb.Pipelining.NOTHING_BEHIND;
import static io.smtpra.ra.inbound.smtp.rules.Verb.Pipelining.WITH_CONTENT;
import static io.smtpra.ra.inbound.smtp.rules.Verb.Pipelining.WITH_OCTETS;

import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The command table: each verb with its longest line, its place in a pipelined group and the states it is allowed in.
 * The dispatcher's rules act upon it before a handler is asked.
 */
public enum Verb {
    EHLO(512, ANYWHERE, "EHLO domain", BEFORE_TLS, BEFORE_HELLO, BEFORE_AUTH, JUNK),
    HELO(512, ANYWHERE, "HELO domain", BEFORE_TLS, BEFORE_HELLO, BEFORE_AUTH, JUNK),
    STARTTLS(512, NOTHING_BEHIND, "STARTTLS",
            BEFORE_TLS, BEFORE_HELLO, BEFORE_AUTH, NOT_IN_TRANSACTION),
    AUTH(12_288, ANYWHERE, "AUTH mechanism [initial-response]",
            BEFORE_TLS, BEFORE_AUTH, NOT_IN_TRANSACTION),
    MAIL(Verb.LONGEST_MAIL, ANYWHERE, "MAIL FROM:<address> [parameters]", NOT_IN_TRANSACTION),
    RCPT(Verb.LONGEST_RCPT, ANYWHERE, "RCPT TO:<address> [parameters]", NEEDS_TRANSACTION),
    DATA(512, WITH_CONTENT, "DATA", NEEDS_TRANSACTION),
    BDAT(512, WITH_OCTETS, "BDAT length [LAST]", NEEDS_TRANSACTION),
    RSET(512, ANYWHERE, "RSET", BEFORE_TLS, BEFORE_HELLO, BEFORE_AUTH, JUNK),
    NOOP(512, ANYWHERE, "NOOP [text]", BEFORE_TLS, BEFORE_HELLO, BEFORE_AUTH, JUNK),
    QUIT(512, ANYWHERE, "QUIT", BEFORE_TLS, BEFORE_HELLO, BEFORE_AUTH),
    HELP(512, ANYWHERE, "HELP [command]", BEFORE_TLS, BEFORE_HELLO, BEFORE_AUTH, JUNK),
    VRFY(522, ANYWHERE, "VRFY address", BEFORE_HELLO, JUNK),
    EXPN(522, ANYWHERE, "EXPN list", BEFORE_HELLO, JUNK),
    ETRN(512, ANYWHERE, "ETRN node", NOT_IN_TRANSACTION, JUNK);

    /** In which states a verb is allowed, and what it counts as. */
    public enum Flag {
        /** Also in plain text where TLS is required. */
        BEFORE_TLS,
        /** Also before EHLO or HELO. */
        BEFORE_HELLO,
        /** Also before AUTH where authentication is required. */
        BEFORE_AUTH,
        /** Only between MAIL and the end of the content. */
        NEEDS_TRANSACTION,
        /** Only outside of it. */
        NOT_IN_TRANSACTION,
        /** Brings no mail: too many of them count as errors. */
        JUNK
    }

    /**
     * What a client may send behind a verb without waiting for the reply. RFC 2920 section 3.1 bids clients more than
     * that, but scripts that write everything at once are answered one by one all the same.
     */
    public enum Pipelining {
        /** Commands, whether pipelining was offered or not. */
        ANYWHERE,
        /** Always the octets that it announces. */
        WITH_OCTETS,
        /** The content; if the verb is refused the connection is closed, for content must not be taken for commands. */
        WITH_CONTENT,
        /** Nothing: it is thrown away, and the connection closed (RFC 3207 section 4.2). */
        NOTHING_BEHIND
    }

    /**
     * RFC 5321 section 4.5.3.1.4, and what the extensions add: SIZE 26 (RFC 1870), BODY 17 (RFC 6152), RET and ENVID
     * 127 (RFC 3461), SMTPUTF8 10 (RFC 6531), REQUIRETLS 11 (RFC 8689), AUTH 500 (RFC 4954).
     */
    private static final int LONGEST_MAIL = 512 + 26 + 17 + 127 + 10 + 11 + 500;
    /** RFC 5321 section 4.5.3.1.4; NOTIFY and ORCPT add 500 (RFC 3461), SMTPUTF8 10 (RFC 6531). */
    private static final int LONGEST_RCPT = 512 + 500 + 10;

    private static final Map<String, Optional<Verb>> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Verb::name, Optional::of));

    private final int longestLine;
    private final Pipelining pipelining;
    private final String syntax;
    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);

    Verb(int longestLine, Pipelining pipelining, String syntax, Flag... flags) {
        this.longestLine = longestLine;
        this.pipelining = pipelining;
        this.syntax = syntax;
        this.flags.addAll(Arrays.asList(flags));
    }

    /** The verb of a name in any case. Upper case of ASCII alone: beyond it other letters become ours. */
    public static Optional<Verb> named(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > 127) {
                return Optional.empty();
            }
        }
        return BY_NAME.getOrDefault(name.toUpperCase(Locale.ROOT), Optional.empty());
    }

    /** The extension that switches it on and off, if there is one. */
    public Optional<Extension> extension() {
        return switch (this) {
            case BDAT -> Optional.of(Extension.CHUNKING);
            case HELP -> Optional.of(Extension.HELP);
            case VRFY -> Optional.of(Extension.VRFY);
            case EXPN -> Optional.of(Extension.EXPN);
            case ETRN -> Optional.of(Extension.ETRN);
            default -> Optional.empty();
        };
    }

    /** What is said when its extension is switched off. */
    public SmtpReply whenSwitchedOff() {
        // RFC 5321 section 7.3: that it does not tell, and not that it does not know
        return this == VRFY ? SmtpReplies.CANNOT_VERIFY : SmtpReplies.NOT_IMPLEMENTED;
    }

    public boolean is(Flag flag) {
        return flags.contains(flag);
    }

    /** The longest line in octets, CRLF included. */
    public int longestLine() {
        return longestLine;
    }

    public Pipelining pipelining() {
        return pipelining;
    }

    /** The command as {@code HELP} shows it. */
    public String syntax() {
        return syntax;
    }
}
