package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.Peer;
import io.smtpra.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The directory of a server that has none. */
public enum NoDirectory implements Directory {
    INSTANCE;

    private static final Reply CANNOT_TELL = Reply.of(252, "2.5.0", "Cannot verify, but will take mail for it");
    private static final Reply NO_LIST = Reply.of(550, "5.1.1", "No such list");
    private static final Reply NO_QUEUE = Reply.of(459, "4.7.0", "No mail is queued for this node");

    @Override
    public CompletionStage<Reply> verify(Peer peer, String query) {
        return CompletableFuture.completedFuture(CANNOT_TELL);
    }

    @Override
    public CompletionStage<Reply> expand(Peer peer, String query) {
        return CompletableFuture.completedFuture(NO_LIST);
    }

    @Override
    public CompletionStage<Reply> startQueue(Peer peer, String query) {
        return CompletableFuture.completedFuture(NO_QUEUE);
    }
}
