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

    private final Verb verb;
    private final SmtpReply whenSwitchedOff;
    private final Question question;

    private QuestionCommand(Verb verb, SmtpReply whenSwitchedOff, Question question) {
        this.verb = verb;
        this.whenSwitchedOff = whenSwitchedOff;
        this.question = question;
    }

    /** Switched off, it says that it does not tell, and not that it does not know (RFC 5321 section 7.3). */
    static VerbHandler vrfy(ProtocolContext context) {
        return new QuestionCommand(Verb.VRFY, Replies.CANNOT_VERIFY, context.ports().directory()::verify);
    }

    static VerbHandler expn(ProtocolContext context) {
        return new QuestionCommand(Verb.EXPN, Replies.NOT_IMPLEMENTED, context.ports().directory()::expand);
    }

    static VerbHandler etrn(ProtocolContext context) {
        return new QuestionCommand(Verb.ETRN, Replies.NOT_IMPLEMENTED, context.ports().directory()::startQueue);
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
        String query = request.getArgument();
        return query.isEmpty()
                ? Replies.ARGUMENT_NEEDED
                : session.whenDone(question.ask(session.peer(), query), SmtpReply::from);
    }
}
