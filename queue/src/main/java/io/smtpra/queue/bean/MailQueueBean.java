package io.smtpra.queue.bean;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.compose.MessageWriter;
import io.smtpra.queue.MailQueue;
import io.smtpra.queue.MailQueueException;
import io.smtpra.queue.QueueFilter;
import io.smtpra.queue.QueueOptions;
import io.smtpra.queue.QueuedMail;
import io.smtpra.queue.RecipientState;
import io.smtpra.queue.claim.MailControl;
import io.smtpra.queue.log.QueuedMailMessages;
import io.smtpra.queue.store.MailInsertion;
import io.smtpra.queue.store.MailLookup;
import io.smtpra.queue.store.NewMail;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The queue as applications call it, in their own transaction. */
@Stateless
@Local(MailQueue.class)
public class MailQueueBean implements MailQueue {

    private static final int LARGEST_PAGE = 1000;
    private static final MessageWriter WRITER = new MessageWriter();

    @Resource
    private SessionContext context;

    @EJB
    private QueueLifecycle lifecycle;

    @Override
    public long enqueue(Envelope envelope, MimeMessage message, QueueOptions options) throws MailQueueException {
        return store(envelope, target -> {
            try {
                WRITER.write(message, UUID.randomUUID().toString(), envelope, target);
            } catch (MessagingException | RuntimeException e) {
                throw new IOException("The message cannot be written: " + e.getMessage(), e);
            }
        }, options);
    }

    @Override
    public long enqueue(Envelope envelope, MailContent content, QueueOptions options) throws MailQueueException {
        return store(envelope, target -> {
            try (InputStream octets = content.open()) {
                octets.transferTo(target);
            }
        }, options);
    }

    @Override
    public boolean cancel(long id) {
        return ask(connection -> MailControl.cancel(connection, id, queue().clock().instant()));
    }

    @Override
    public boolean retry(long id) {
        boolean due = ask(connection -> MailControl.retry(connection, id, queue().clock().instant()));
        if (due) {
            find(id).ifPresent(mail -> queue().wakeAfterCommit(mail.route()));
        }
        return due;
    }

    @Override
    public Optional<QueuedMail> find(long id) {
        return ask(connection -> MailLookup.find(connection, id));
    }

    @Override
    public List<QueuedMail> list(QueueFilter filter, long after, int limit) {
        requirePage(limit);
        return ask(connection -> MailLookup.list(connection, filter, after, limit));
    }

    @Override
    public List<QueuedMail> newest(QueueFilter filter, long before, int limit) {
        requirePage(limit);
        return ask(connection -> MailLookup.newest(connection, filter, before, limit));
    }

    @Override
    public Map<RecipientState, Long> counts() {
        return ask(MailLookup::counts);
    }

    private static void requirePage(int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("A page has 1 to " + LARGEST_PAGE + " mails, not " + limit);
        }
    }

    private long store(Envelope envelope, MailInsertion.ContentSource content, QueueOptions options)
            throws MailQueueException {
        String route = options.route().orElse(queue().settings().factory());
        try {
            if (!queue().know(route)) {
                throw new MailQueueException("There is no connection factory '" + route + "'");
            }
            long id;
            MailTrail trail = new MailTrail();
            try (Connection connection = queue().dataSource().getConnection()) {
                id = queue().insertion().insert(connection, mail(envelope, options, route),
                        target -> content.writeTo(trail.watched(target)));
            }
            if (QueuedMailMessages.LOG.isInfoEnabled()) {
                queue().afterCommit(() -> QueuedMailMessages.LOG.queued(id, route, trail.text()));
            }
            if (options.notBefore().isEmpty()) {
                queue().wakeAfterCommit(route);
            }
            return id;
        } catch (SQLException | IOException e) {
            context.setRollbackOnly();
            throw new MailQueueException("The mail is not queued: " + e.getMessage(), e);
        } catch (MailQueueException | RuntimeException e) {
            context.setRollbackOnly();
            throw e;
        }
    }

    private NewMail mail(Envelope envelope, QueueOptions options, String route) {
        Instant now = queue().clock().instant();
        Instant first = options.notBefore().filter(now::isBefore).orElse(now);
        return new NewMail(
                envelope,
                route,
                options.priority(),
                now,
                first,
                first.plus(options.giveUpAfter().orElse(queue().settings().giveUpAfter())),
                queue().settings().warnAfter().map(first::plus),
                options.idempotencyKey());
    }

    private RunningQueue queue() {
        return lifecycle.queue();
    }

    private <T> T ask(Question<T> question) {
        try (Connection connection = queue().dataSource().getConnection()) {
            return question.put(connection);
        } catch (SQLException e) {
            throw new EJBException("The queue cannot be asked: " + e.getMessage(), e);
        }
    }

    /** What is asked of the database. */
    @FunctionalInterface
    private interface Question<T> {
        T put(Connection connection) throws SQLException;
    }
}
