package io.smtpra.queue.bean;

import io.smtpra.Mailbox;
import io.smtpra.queue.sending.RetrySchedule;
import io.smtpra.queue.sending.SendingLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * How the queue of one application works.
 *
 * @param dataSource JNDI name of the application's own datasource
 * @param createTables whether tables that lack are made
 * @param factory JNDI name of the connection factory for mails that name none
 * @param maxMailSize longest content in octets
 * @param limits how much is sent at a time
 * @param schedule when it is tried again
 * @param giveUpAfter for how long, unless the mail says
 * @param warnAfter when a sender is told that its mail is late; absent for never
 * @param hostName of this server, in reports
 * @param returnPath to which reports of other servers come back
 * @param pollInterval how often the queue is looked at for retries and for mail of nodes that are gone
 * @param paused through what nothing is sent, unless a system property says otherwise
 * @param eventsOfServer whether all applications of the server hear how mails ended, and not only the queue's own
 * @param retention how long a mail can be found after it has ended
 * @param shutdownTimeout how long an undeployment waits for the mails that are being sent
 */
record QueueSettings(
        String dataSource,
        boolean createTables,
        String factory,
        long maxMailSize,
        SendingLimits limits,
        RetrySchedule schedule,
        Duration giveUpAfter,
        Optional<Duration> warnAfter,
        String hostName,
        Optional<Mailbox> returnPath,
        Duration pollInterval,
        PausedFactories paused,
        boolean eventsOfServer,
        Duration retention,
        Duration shutdownTimeout) {
}
