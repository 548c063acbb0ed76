package io.smtpra.ra.inbound.routing;

import io.smtpra.MailListener;
import io.smtpra.MailRejectedException;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.work.BoundedWork;
import io.smtpra.ra.inbound.work.BoundedWork.NoAnswer;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.log.DeliveryMessages;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks beans, each within its time and its own bounds. What cannot be asked is answered with a refusal for now. */
public final class BeanQuestions {

    /** How long a question may take. */
    static final Duration TIME = Duration.ofSeconds(20);


    private final BoundedWork work;

    /** What is asked of one endpoint. */
    interface Call<T> {
        T ask(MailListener bean) throws Exception;
    }

    /**
     * Questions on the server's threads.
     *
     * @param threads leads to them
     */
    public BeanQuestions(ServerThreads threads) {
        work = new BoundedWork(threads, "smtp-ra question", new BoundedWork.Limits(32, 8, 1_000, TIME));
    }

    /**
     * Asks a bean; never blocks.
     *
     * @param call asks its endpoint, on a thread of the server
     * @param refusal makes an answer of a reply that refuses
     * @param time how long the answer is waited for
     */
    <T> CompletionStage<T> ask(Activation activation, Call<T> call, Function<Reply, T> refusal, Duration time) {
        return work.ask(activation, () -> answer(activation, call), why -> refusal.apply(reply(why)), time);
    }

    private static <T> T answer(Activation activation, Call<T> call) throws Exception {
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

    private static Reply reply(NoAnswer why) {
        if (why instanceof NoAnswer.Failed failed) {
            if (BeanReplies.rejection(failed.cause()).isEmpty()) {
                DeliveryMessages.LOG.beanDidNotAnswer(failed.cause());
            }
            return BeanReplies.of(failed.cause());
        }
        return why instanceof NoAnswer.TooLate ? BeanReplies.TOO_SLOW : BeanReplies.BUSY;
    }
}
