package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.ra.inbound.smtp.reply.SmtpReply;

/** What takes the client's lines in place of the commands for a while, as an exchange of AUTH does. */
public interface LineDialogue {

    /**
     * The client sent something that the listener could not make a line of: the dialogue ends.
     *
     * @param tooLong whether the line was too long; else it held a CR or LF alone
     * @param reply what such a line is answered outside of a dialogue
     * @return what it is answered
     */
    SmtpReply faulty(boolean tooLong, SmtpReply reply);
}
