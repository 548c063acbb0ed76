package io.smtpra.ra.inbound.protocol;

import io.smtpra.Peer;
import io.smtpra.Reply;
import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;

/** {@code VRFY}, {@code EXPN} (RFC 5321 section 3.5) and {@code ETRN} (RFC 1985): a question to the directory. */
final class QuestionCommand implements VerbHandler {

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
    static VerbHandler vrfy(ProtocolContext context) {
        return new QuestionCommand(Verb.VRFY, context.config().isOn(Extension.SMTP_UTF8),
                Replies.CANNOT_VERIFY, context.ports().directory()::verify);
    }

    static VerbHandler expn(ProtocolContext context) {
        return new QuestionCommand(Verb.EXPN, context.config().isOn(Extension.SMTP_UTF8),
                Replies.NOT_IMPLEMENTED, context.ports().directory()::expand);
    }

    static VerbHandler etrn(ProtocolContext context) {
        return new QuestionCommand(Verb.ETRN, false, Replies.NOT_IMPLEMENTED, context.ports().directory()::startQueue);
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
            return Replies.ARGUMENT_NEEDED;
        }
        if (!utf8 && !query.chars().allMatch(c -> c < 128)) {
            return Replies.UTF8_NEEDED;
        }
        return session.whenDone(question.ask(session.peer(), query), SmtpReply::from);
    }
}
