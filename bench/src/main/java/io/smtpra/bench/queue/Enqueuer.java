package io.smtpra.bench.queue;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.queue.MailQueue;
import io.smtpra.queue.MailQueueException;
import io.smtpra.queue.QueueOptions;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.OptionalLong;

/** Puts one mail into the queue, in a transaction of its own, as an application does for each of its orders. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Enqueuer {

    @Inject
    private MailQueue queue;

    /** Enqueues these octets. */
    public long enqueue(byte[] octets) throws MailQueueException {
        return queue.enqueue(Envelope.from("a@example.org").to("b@example.com").build(), new Octets(octets),
                QueueOptions.DEFAULT);
    }

    private record Octets(byte[] octets) implements MailContent {

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(octets);
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(octets.length);
        }
    }
}
