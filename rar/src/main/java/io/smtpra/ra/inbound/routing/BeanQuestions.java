package io.smtpra.ra.inbound.routing;

import io.smtpra.MailListener;
import io.smtpra.MailRejectedException;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.inbound.work.ServerWork;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks beans on the server's threads: a few at a time, so that deliveries are not crowded out, and each question within
 * its time. What cannot be asked is answered with a refusal for now.
 */
public final class BeanQuestions {

    private static final Logger LOG = LoggerFactory.getLogger(BeanQuestions.class);
    private static final String WORK_NAME = "smtp-ra question";
    private static final int MAX_AT_ONCE = 8;
    private static final int MAX_WAITING = 1_000;
    private static final Duration TIME = Duration.ofSeconds(20);

    private final ServerThreads threads;
    private final Queue<Question<?>> waiting = new ArrayDeque<>();
    private int running;

    /** What is asked of one endpoint. */
    interface Call<T> {
        T ask(MailListener bean) throws Exception;
    }

    private record Question<T>(Callable<T> call, Function<Reply, T> refusal, CompletableFuture<T> answer) {

        void ask() {
            // Whoever waited too long has been answered.
            if (!answer.isDone()) {
                try {
                    answer.complete(call.call());
                } catch (Exception | Error e) {
                    if (BeanReplies.rejection(e).isEmpty()) {
                        LOG.error("smtp-ra: a bean could not answer a question", e);
                    }
                    refuse(BeanReplies.of(e));
                }
            }
        }

        void refuse(Reply reply) {
            answer.complete(refusal.apply(reply));
        }
    }

    public BeanQuestions(ServerThreads threads) {
        this.threads = threads;
    }

    /**
     * Asks; never blocks.
     *
     * @param call asks the beans, on a thread of the server
     * @param refusal makes an answer of a reply that refuses
     */
    <T> CompletionStage<T> ask(Callable<T> call, Function<Reply, T> refusal) {
        Question<T> question = new Question<>(call, refusal, new CompletableFuture<>());
        if (enter(question)) {
            run(question);
        }
        if (!question.answer().isDone()) {
            ScheduledFuture<?> timer = threads.after(TIME, () -> question.refuse(BeanReplies.TOO_SLOW));
            question.answer().whenComplete((answer, failure) -> timer.cancel(false));
        }
        return question.answer();
    }

    /** Asks one bean, on the calling thread. */
    static <T> T ask(Activation activation, Call<T> call) throws Exception {
        MessageEndpoint endpoint;
        try {
            endpoint = activation.factory().createEndpoint(null);
        } catch (UnavailableException | RuntimeException e) {
            throw new MailRejectedException(BeanReplies.STOPPED);
        }
        try {
            return call.ask((MailListener) endpoint);
        } finally {
            endpoint.release();
        }
    }

    /** Whether a question may be asked now; if not, it waits, or is refused. */
    private synchronized boolean enter(Question<?> question) {
        if (running < MAX_AT_ONCE) {
            running++;
            return true;
        }
        if (waiting.size() < MAX_WAITING) {
            waiting.add(question);
        } else {
            question.refuse(BeanReplies.BUSY);
        }
        return false;
    }

    private void run(Question<?> first) {
        threads.run(ServerWork.of(WORK_NAME, () -> askFrom(first), failure -> {
            LOG.warn("smtp-ra: the server has no thread for a question to a bean", failure);
            first.refuse(BeanReplies.BUSY);
            next().ifPresent(this::run);
        }));
    }

    private void askFrom(Question<?> first) {
        Optional<Question<?>> question = Optional.of(first);
        while (question.isPresent()) {
            question.get().ask();
            question = next();
        }
    }

    private synchronized Optional<Question<?>> next() {
        Optional<Question<?>> next = Optional.ofNullable(waiting.poll());
        if (next.isEmpty()) {
            running--;
        }
        return next;
    }
}
