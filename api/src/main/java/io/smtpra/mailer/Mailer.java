package io.smtpra.mailer;

import io.smtpra.Envelope;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.queue.MailQueue;
import io.smtpra.queue.MailQueueException;
import io.smtpra.queue.QueueOptions;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Sends a {@link Mail}. Injected, or made from a connection factory; it may be kept and used by any number of threads.
 *
 * <pre>{@code
 * @Inject @MailRoute("relay") Mailer mailer;
 *
 * mailer.send(Mail.from("shop@example.com").to("jane@example.org").subject("Grüße").text("…"));
 * }</pre>
 *
 * <p>What holds for {@link io.smtpra.SmtpConnection} holds here: inside a JTA transaction the mail goes when that
 * commits, and not at all if it rolls back; without one it goes at once.
 */
public interface Mailer {

    /**
     * Sends a mail with {@linkplain Mail#envelope() its envelope}.
     *
     * @param mail the mail
     * @return what became of it
     * @throws SmtpException if it was refused or could not be sent
     */
    SendReceipt send(Mail mail) throws SmtpException;

    /**
     * Sends a mail with another envelope.
     *
     * @param envelope who sends it to whom, whatever its header says
     * @param mail the mail
     * @return what became of it
     * @throws SmtpException if it was refused or could not be sent
     */
    SendReceipt send(Envelope envelope, Mail mail) throws SmtpException;

    /**
     * Builds and sends a mail.
     *
     * @param mail the mail
     * @return what became of it
     * @throws SmtpException if it was refused or could not be sent
     * @throws IllegalArgumentException if it cannot be built
     */
    default SendReceipt send(MailBuilder mail) throws SmtpException {
        return send(mail.build());
    }

    /**
     * Sends a mail on a thread of the server's managed executor. Inside a JTA transaction it is held as
     * {@link #send(Mail)} holds it, and goes when that commits.
     *
     * @param mail the mail; what it passes on of a mail that has arrived is copied before the call returns
     * @return completes with the receipt once the mail was sent, or its transaction was rolled back; exceptionally with
     *     an {@link SmtpException} if it was refused or could not be sent. What depends on it runs on the same executor
     */
    CompletionStage<SendReceipt> sendAsync(Mail mail);

    /**
     * Builds a mail, and sends it as {@link #sendAsync(Mail)} does.
     *
     * @param mail the mail
     * @return the receipt to come
     * @throws IllegalArgumentException if it cannot be built
     */
    default CompletionStage<SendReceipt> sendAsync(MailBuilder mail) {
        return sendAsync(mail.build());
    }

    /**
     * Puts a mail into the application's {@link MailQueue}, in the caller's transaction: it waits there until the next
     * hop has taken it.
     *
     * @param mail the mail, read before the call returns
     * @param options when, how long and how to send it; the route is this mailer's unless they name one
     * @return the id in the queue
     * @throws MailQueueException if it can never be sent or cannot be stored, or the application has no queue
     */
    long queue(Mail mail, QueueOptions options) throws MailQueueException;

    /**
     * Puts a mail into the queue, to be sent as soon as the transaction has committed.
     *
     * @param mail the mail
     * @return the id in the queue
     * @throws MailQueueException if it can never be sent or cannot be stored, or the application has no queue
     */
    default long queue(Mail mail) throws MailQueueException {
        return queue(mail, QueueOptions.DEFAULT);
    }

    /**
     * Builds a mail and puts it into the queue, to be sent as soon as the transaction has committed.
     *
     * @param mail the mail
     * @return the id in the queue
     * @throws MailQueueException if it can never be sent or cannot be stored, or the application has no queue
     * @throws IllegalArgumentException if it cannot be built
     */
    default long queue(MailBuilder mail) throws MailQueueException {
        return queue(mail.build());
    }

    /**
     * The same with a queue, where none is injected.
     *
     * @param queue the application's queue
     * @return a mailer
     */
    Mailer withQueue(MailQueue queue);

    /**
     * The same with threads of its own, where the server has no managed executor or not the right one.
     *
     * @param executor has mails sent, and what depends on that
     * @return a mailer
     */
    Mailer withExecutor(Executor executor);

    /**
     * A mailer for a connection factory, without CDI. It finds the server's managed executor by itself; a queue it has
     * {@linkplain #withQueue if it is given one}, whose own setting says through which factory that sends.
     *
     * @param factory found by JNDI or injected
     * @return a mailer
     */
    static Mailer of(SmtpConnectionFactory factory) {
        Objects.requireNonNull(factory, "factory");
        return new FactoryMailer(() -> factory, Optional.empty(), Optional::empty, FactoryMailer::executor);
    }
}
