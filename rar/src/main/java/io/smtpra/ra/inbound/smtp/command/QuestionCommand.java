package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.Peer;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code VRFY}, {@code EXPN} (RFC 5321 section 3.5) and {@code ETRN} (RFC 1985): a question to the directory. */
public final class QuestionCommand implements VerbHandler {

    private interface Question {
        CompletionStage<Reply> ask(Peer peer, String query);
    }

    /** RFC 6531 section 3.7.4.2: the parameter of VRFY and EXPN. */
    private static final String SMTP_UTF8 = " SMTPUTF8";

    private final Verb verb;
    private final boolean takesUtf8;
    private final SmtpReply whenSwitchedOff;
    private final Question question;

    private QuestionCommand(Verb verb, boolean takesUtf8, SmtpReply whenSwitchedOff, Question question) {
        this.verb = verb;
        this.takesUtf8 = takesUtf8;
        this.whenSwitchedOff = whenSwitchedOff;
        this.question = question;
    }

    /** Switched off, it says that it does not tell, and not that it does not know (RFC 5321 section 7.3). */
    public static VerbHandler vrfy(ProtocolContext context, Directory directory) {
        return new QuestionCommand(Verb.VRFY, context.config().isOn(Extension.SMTP_UTF8),
                SmtpReplies.CANNOT_VERIFY, directory::verify);
    }

    public static VerbHandler expn(ProtocolContext context, Directory directory) {
        return new QuestionCommand(Verb.EXPN, context.config().isOn(Extension.SMTP_UTF8),
                SmtpReplies.NOT_IMPLEMENTED, directory::expand);
    }

    public static VerbHandler etrn(Directory directory) {
        return new QuestionCommand(Verb.ETRN, false, SmtpReplies.NOT_IMPLEMENTED, directory::startQueue);
    }

    @Override
    public Verb verb() {
        return verb;
    }

    @Override
    public SmtpReply whenSwitchedOff() {
        return whenSwitchedOff;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        String argument = request.getArgument();
        boolean utf8 = takesUtf8 && argument.regionMatches(
                true, argument.length() - SMTP_UTF8.length(), SMTP_UTF8, 0, SMTP_UTF8.length());
        String query = utf8 ? argument.substring(0, argument.length() - SMTP_UTF8.length()).strip() : argument;
        if (query.isEmpty()) {
            return SmtpReplies.ARGUMENT_NEEDED;
        }
        if (!utf8 && !query.chars().allMatch(c -> c < 128)) {
            return SmtpReplies.UTF8_NEEDED;
        }
        return session.whenDone(question.ask(session.peer(), query), SmtpReply::from);
    }
}
