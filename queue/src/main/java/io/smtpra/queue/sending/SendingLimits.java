package io.smtpra.queue.sending;

import java.time.Duration;

/**
 * How much is done at a time.
 *
 * @param batch mails of one claim: sent over one connection, recorded together, and doubled if the node is killed
 * @param workersPerRoute how many connections to one next hop
 * @param workers how many in all
 * @param mailsPerSenderDomain how many mails of one sender domain at a time; 0 for no limit
 * @param lease how long a claim holds; a node that was killed keeps its mails for so long
 * @param sendTimeout how long one sending can take: no mail is begun when less of the lease is left
 * @param recordAfter results are not kept back longer, though the batch is not done
 */
public record SendingLimits(
        int batch,
        int workersPerRoute,
        int workers,
        int mailsPerSenderDomain,
        Duration lease,
        Duration sendTimeout,
        Duration recordAfter) {
}
