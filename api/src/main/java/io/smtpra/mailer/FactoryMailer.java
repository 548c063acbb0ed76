package io.smtpra.mailer;

import io.smtpra.Envelope;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.queue.MailQueue;
import io.smtpra.queue.MailQueueException;
import io.smtpra.queue.QueueOptions;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Sends through a connection factory. What it needs of the server it looks for when it needs it. */
final class FactoryMailer implements Mailer {

    private static final String EXECUTOR = "java:comp/DefaultManagedExecutorService";
    private static final String TRANSACTIONS = "java:comp/TransactionSynchronizationRegistry";

    private final FactorySource factory;
    private final Optional<String> route;
    private final Supplier<Optional<MailQueue>> queue;
    private final Supplier<Executor> executor;

    /** Where the factory comes from. */
    @FunctionalInterface
    interface FactorySource {
        SmtpConnectionFactory get() throws SmtpException;
    }

    /**
     * A mailer.
     *
     * @param route the factory's JNDI name, if it is known
     * @param queue where the queue comes from, if there is one
     * @param executor where the executor comes from
     */
    FactoryMailer(FactorySource factory, Optional<String> route, Supplier<Optional<MailQueue>> queue,
            Supplier<Executor> executor) {
        this.factory = factory;
        this.route = route;
        this.queue = queue;
        this.executor = executor;
    }

    @Override
    public SendReceipt send(Mail mail) throws SmtpException {
        try (SmtpConnection connection = factory.get().getConnection()) {
            Envelope told = mail.envelope();
            return connection.send(mail.hasReversePath() ? told : connection.addressed(told), mail.content());
        }
    }

    @Override
    public SendReceipt send(Envelope envelope, Mail mail) throws SmtpException {
        try (SmtpConnection connection = factory.get().getConnection()) {
            return connection.send(envelope, mail.content());
        }
    }

    @Override
    public CompletionStage<SendReceipt> sendAsync(Mail mail) {
        try {
            Executor threads = executor.get();
            if (isInTransaction()) {
                // it is only held, which takes no time, and another thread would not be in the transaction
                return send(mail).completion().thenComposeAsync(FactoryMailer::told, threads);
            }
            Mail detached = mail.detached();
            CompletableFuture<SendReceipt> sent = new CompletableFuture<>();
            threads.execute(() -> send(detached, sent));
            return sent.thenApplyAsync(receipt -> receipt, threads);
        } catch (SmtpException e) {
            return CompletableFuture.failedStage(e);
        } catch (IOException e) {
            return failed("The mail cannot be read: " + e.getMessage(), false, e);
        } catch (RejectedExecutionException e) {
            return failed("No thread of the server's takes the mail: " + e.getMessage(), true, e);
        }
    }

    @Override
    public long queue(Mail mail, QueueOptions options) throws MailQueueException {
        MailQueue target = queue.get().orElseThrow(() -> new MailQueueException(
                "The application has no mail queue: put smtp-ra-queue.jar into it, or give one by withQueue"));
        QueueOptions routed = options.route().isPresent() ? options : route.map(options::route).orElse(options);
        return target.enqueue(mail.envelope(), mail.content(), routed);
    }

    @Override
    public Mailer withQueue(MailQueue other) {
        return new FactoryMailer(factory, route, () -> Optional.of(other), executor);
    }

    @Override
    public Mailer withExecutor(Executor other) {
        return new FactoryMailer(factory, route, queue, () -> other);
    }

    private void send(Mail mail, CompletableFuture<SendReceipt> sent) {
        try {
            sent.complete(send(mail));
        } catch (SmtpException | RuntimeException | Error e) {
            sent.completeExceptionally(e);
        }
    }

    private static CompletionStage<SendReceipt> told(SendReceipt receipt) {
        return receipt.failure().<CompletionStage<SendReceipt>>map(CompletableFuture::failedStage)
                .orElseGet(() -> CompletableFuture.completedStage(receipt));
    }

    private static CompletionStage<SendReceipt> failed(String message, boolean retryable, Exception cause) {
        return CompletableFuture.failedStage(new SmtpException(Phase.PREPARE, message, retryable, cause));
    }

    // what the server has under the names that Jakarta EE gives

    static SmtpConnectionFactory factory(String jndiName) throws SmtpException {
        try {
            return (SmtpConnectionFactory) new InitialContext().lookup(jndiName);
        } catch (NamingException | ClassCastException e) {
            throw new SmtpException(Phase.PREPARE, "There is no SMTP connection factory " + jndiName
                    + ": is the adapter deployed, and does its configuration name one so?", false, e);
        }
    }

    /**
     * The managed executor that each component has.
     *
     * @throws RejectedExecutionException if there is none
     */
    static Executor executor() {
        try {
            return (Executor) new InitialContext().lookup(EXECUTOR);
        } catch (NamingException e) {
            throw new RejectedExecutionException(
                    "There is no " + EXECUTOR + " here: give the mailer an executor, by withExecutor", e);
        }
    }

    /** Whether the caller is in a transaction; not where nobody knows of transactions. */
    private static boolean isInTransaction() {
        try {
            return ((TransactionSynchronizationRegistry) new InitialContext().lookup(TRANSACTIONS))
                    .getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
        } catch (NamingException e) {
            return false;
        }
    }
}
