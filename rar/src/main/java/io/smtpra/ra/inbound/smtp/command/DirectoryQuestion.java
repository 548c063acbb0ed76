package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.Peer;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;

/**
 * A question to the directory, as {@code VRFY}, {@code EXPN} (RFC 5321 section 3.5) and {@code ETRN} (RFC 1985) ask it.
 */
record DirectoryQuestion(boolean takesUtf8, Question question) {

    /** RFC 6531 section 3.7.4.2: the parameter of VRFY and EXPN. */
    private static final String SMTP_UTF8 = " SMTPUTF8";

    /** One question of a {@link Directory}. */
    interface Question {
        CompletionStage<Reply> ask(Peer peer, String query);
    }

    Response ask(SMTPSession hosted, String argument) {
        SmtpSession session = (SmtpSession) hosted;
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
