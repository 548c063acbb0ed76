package io.smtpra.ra.inbound.smtp;

import io.smtpra.ra.inbound.smtp.argument.CommandLine;
import io.smtpra.ra.inbound.smtp.command.BdatHandler;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.rules.Verb.Flag;
import io.smtpra.ra.inbound.smtp.rules.Verb.Pipelining;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.api.handler.UnknownCommandHandler;
import org.apache.james.protocols.smtp.SMTPSession;

/** Stands before the handler of each verb, and refuses what the command table does not allow in this state. */
final class CommandRules implements CommandHandler<SMTPSession> {

    private final ProtocolContext context;
    private final BdatHandler bdat;
    private final Set<String> outside = new LinkedHashSet<>();

    /**
     * The rules.
     *
     * @param bdat reads the octets of a chunk that is refused
     * @param handlers those that others have written; the rules stand before their commands too
     */
    CommandRules(ProtocolContext context, BdatHandler bdat, Collection<? extends ProtocolHandler> handlers) {
        this.context = context;
        this.bdat = bdat;
        for (ProtocolHandler handler : handlers) {
            if (handler instanceof CommandHandler<?> command) {
                command.getImplCommands().forEach(name -> outside.add(name.trim().toUpperCase(Locale.ROOT)));
            }
        }
        Arrays.stream(Verb.values()).map(Verb::name).toList().forEach(outside::remove);
        outside.remove(UnknownCommandHandler.COMMAND_IDENTIFIER);
    }

    @Override
    public Collection<String> getImplCommands() {
        List<String> names = new ArrayList<>(List.of(UnknownCommandHandler.COMMAND_IDENTIFIER));
        Arrays.stream(Verb.values()).map(Verb::name).forEach(names::add);
        names.addAll(outside);
        return names;
    }

    /** The refusal, or null: James then asks the verb's handler. */
    @Override
    public Response onCommand(SMTPSession hosted, Request request) {
        SmtpSession session = (SmtpSession) hosted;
        CommandLine line = (CommandLine) request;
        if (!line.isWellFormed()) {
            return malformed(line);
        }
        if (line.verb().isEmpty()) {
            return outside.contains(line.getCommand()) ? outOfOrder(session) : null;
        }
        Verb verb = line.verb().get();
        if (verb.is(Flag.JUNK)) {
            session.budget().junk();
        }
        SmtpReply refusal = refusal(session, line, verb).orElse(null);
        return refusal != null && verb == Verb.BDAT ? bdat.refuse(session, line, refusal) : refusal;
    }

    /** A command that we do not know is allowed where MAIL would be. */
    private static SmtpReply outOfOrder(SmtpSession session) {
        if (session.isTlsMissing()) {
            return SmtpReplies.TLS_REQUIRED;
        }
        if (session.hello().isEmpty()) {
            return SmtpReplies.HELLO_FIRST;
        }
        return session.isAuthenticationMissing() ? SmtpReplies.AUTHENTICATION_REQUIRED : null;
    }

    /** A BDAT whose length cannot be read is followed by octets all the same: they must never be taken for commands. */
    private static SmtpReply malformed(CommandLine line) {
        if (line.verb().filter(verb -> verb.pipelining() == Pipelining.WITH_OCTETS).isPresent()) {
            return SmtpReplies.BDAT_SYNTAX;
        }
        return line.length() > 512 ? SmtpReplies.LINE_TOO_LONG : SmtpReplies.BAD_CHARACTERS;
    }

    private Optional<SmtpReply> refusal(SmtpSession session, CommandLine line, Verb verb) {
        if (line.length() > verb.longestLine()) {
            return Optional.of(SmtpReplies.LINE_TOO_LONG);
        }
        if (verb.pipelining() == Pipelining.NOTHING_BEHIND && session.transport().hasPipelinedInput()) {
            return Optional.of(SmtpReplies.PIPELINED);
        }
        if (!verb.is(Flag.BEFORE_TLS) && session.isTlsMissing()) {
            return Optional.of(SmtpReplies.TLS_REQUIRED);
        }
        if (!context.config().isOn(verb)) {
            return Optional.of(verb.whenSwitchedOff());
        }
        return outOfOrder(session, verb);
    }

    private static Optional<SmtpReply> outOfOrder(SmtpSession session, Verb verb) {
        if (!verb.is(Flag.BEFORE_HELLO) && session.hello().isEmpty()) {
            return Optional.of(SmtpReplies.HELLO_FIRST);
        }
        if (!verb.is(Flag.BEFORE_AUTH) && session.isAuthenticationMissing()) {
            return Optional.of(SmtpReplies.AUTHENTICATION_REQUIRED);
        }
        if (verb.is(Flag.NOT_IN_TRANSACTION) && session.transaction().isPresent()) {
            return Optional.of(SmtpReplies.IN_TRANSACTION);
        }
        if (verb.is(Flag.NEEDS_TRANSACTION) && session.transaction().isEmpty()) {
            return Optional.of(SmtpReplies.MAIL_FIRST);
        }
        return Optional.empty();
    }
}
