package io.smtpra.ra.inbound.smtp;

import io.smtpra.ra.inbound.smtp.argument.CommandLine;
import io.smtpra.ra.inbound.smtp.command.VerbHandler;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.rules.Verb.Flag;
import io.smtpra.ra.inbound.smtp.rules.Verb.Pipelining;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.UnknownCommandHandler;

/** Stands before the handler of each verb, and refuses what the command table does not allow in this state. */
final class CommandRules implements CommandHandler<SmtpSession> {

    private final ProtocolContext context;
    private final Map<Verb, VerbHandler> handlers = new EnumMap<>(Verb.class);

    CommandRules(ProtocolContext context, Collection<VerbHandler> handlers) {
        this.context = context;
        handlers.forEach(handler -> this.handlers.put(handler.verb(), handler));
    }

    @Override
    public Collection<String> getImplCommands() {
        List<String> names = new ArrayList<>(List.of(UnknownCommandHandler.COMMAND_IDENTIFIER));
        handlers.keySet().forEach(verb -> names.add(verb.name()));
        return names;
    }

    /** The refusal, or null: James then asks the verb's handler. */
    @Override
    public Response onCommand(SmtpSession session, Request request) {
        CommandLine line = (CommandLine) request;
        if (!line.isWellFormed()) {
            return malformed(line);
        }
        if (line.verb().isEmpty()) {
            return line.isForeign() ? SmtpReplies.NOT_SMTP : SmtpReplies.UNKNOWN_COMMAND;
        }
        Verb verb = line.verb().get();
        VerbHandler handler = handlers.get(verb);
        if (verb.is(Flag.JUNK)) {
            session.budget().junk();
        }
        return refusal(session, line, verb, handler).map(reply -> handler.refuse(session, line, reply)).orElse(null);
    }

    /** A BDAT whose length cannot be read is followed by octets all the same: they must never be taken for commands. */
    private static SmtpReply malformed(CommandLine line) {
        if (line.verb().filter(verb -> verb.pipelining() == Pipelining.WITH_OCTETS).isPresent()) {
            return SmtpReplies.BDAT_SYNTAX;
        }
        return line.length() > 512 ? SmtpReplies.LINE_TOO_LONG : SmtpReplies.BAD_CHARACTERS;
    }

    private Optional<SmtpReply> refusal(SmtpSession session, CommandLine line, Verb verb, VerbHandler handler) {
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
            return Optional.of(handler.whenSwitchedOff());
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
