package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.Peer;
import io.smtpra.Reply;
import java.util.concurrent.CompletionStage;

/**
 * Answers the questions of {@code VRFY}, {@code EXPN} and {@code ETRN} where they are switched on. Called by an event
 * loop: no method may block. The stages never fail and are completed within the directory's own time limit. A query is
 * what stands behind the verb: not empty, without control characters, otherwise as the client wrote it.
 */
public interface Directory {

    /** Whether mail is taken for a user or mailbox (RFC 5321 section 3.5): 250, 251, 252, 550, 551 or 553. */
    CompletionStage<Reply> verify(Peer peer, String query);

    /** Who is on a list (RFC 5321 section 3.5): 250 with a line for each member, 550, or 252 if it cannot be told. */
    CompletionStage<Reply> expand(Peer peer, String query);

    /** To start sending what waits for a node (RFC 1985): 250 to 253, 458 or 459. */
    CompletionStage<Reply> startQueue(Peer peer, String query);
}
