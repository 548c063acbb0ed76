package io.smtpra.ra.inbound.users;

import io.smtpra.ra.inbound.work.ServerWork;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question to the server's security domain itself, which security inflow has no words for.
 *
 * @param <T> the answer
 */
final class DomainCheck<T> implements ServerCheck {

    private static final Logger LOG = LoggerFactory.getLogger(DomainCheck.class);

    /** Asks, and may take its time. */
    @FunctionalInterface
    interface Question<T> {

        T ask() throws IOException;
    }

    private final Question<T> question;
    private final T unavailable;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    /**
     * A question.
     *
     * @param unavailable the answer if the domain can't be asked
     */
    DomainCheck(Question<T> question, T unavailable) {
        this.question = question;
        this.unavailable = unavailable;
    }

    CompletionStage<T> answer() {
        return answer;
    }

    @Override
    public boolean isWanted() {
        return !answer.isDone();
    }

    @Override
    public void giveUp() {
        answer.complete(unavailable);
    }

    @Override
    public ServerWork work(Consumer<Optional<Exception>> afterwards) {
        return ServerWork.as(ServerAuthenticator.WORK_NAME, Optional.empty(), this::ask, afterwards);
    }

    private void ask() {
        if (!isWanted()) {
            return;
        }
        try {
            answer.complete(question.ask());
        } catch (IOException | RuntimeException e) {
            LOG.error("smtp-ra: the server's security domain can't check users now; clients hear 454", e);
            giveUp();
        }
    }
}
