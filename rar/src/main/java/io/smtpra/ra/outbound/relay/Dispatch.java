package io.smtpra.ra.outbound.relay;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SmtpException.Phase;
import io.smtpra.SmtpException;
import io.smtpra.event.MailLogKeys;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.net.SendBudget;
import io.smtpra.ra.client.transfer.PeerOffer;
import io.smtpra.ra.client.transfer.SendResult;
import io.smtpra.ra.log.OutboundMailMessages;
import io.smtpra.ra.outbound.form.OutgoingContent;
import io.smtpra.ra.telemetry.LogIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Sends mails, fills their receipts, writes the log, and frees what they held. */
public final class Dispatch {

    private final RelayContext context;
    private final Sessions sessions;
    private final SendLog log;

    /**
     * Sends by the sessions that it is lent.
     *
     * @param context what the sessions share
     * @param sessions where they come from
     */
    public Dispatch(RelayContext context, Sessions sessions) {
        this.context = context;
        this.log = context.log();
        this.sessions = sessions;
    }

    /**
     * Refuses early what the next hops would refuse for good, as far as earlier sessions have learnt it.
     *
     * @param envelope who sends it to whom
     * @param size the length of the content, where known
     */
    public void check(Envelope envelope, OptionalLong size) throws SmtpException {
        for (Routes.Part part : context.config().routes().parts(envelope)) {
            Optional<PeerOffer> offer = context.learnt(part.hop());
            if (offer.isPresent()) {
                offer.get().check(part.envelope(), size);
            }
        }
    }

    /** Likewise, with the octets in hand. */
    public void check(Envelope envelope, MailContent content) throws SmtpException {
        OutgoingContent octets = context.config().outgoing(envelope, content);
        for (Routes.Part part : context.config().routes().parts(envelope)) {
            Optional<PeerOffer> offer = context.learnt(part.hop());
            if (offer.isPresent()) {
                offer.get().check(part.envelope(), octets);
            } else {
                octets.check();
            }
        }
    }

    /**
     * Sends the mails of one transaction, or one mail, in order, until one fails. All go through {@code MAIL} and
     * {@code RCPT} before the content of the first one goes, for those that are out SMTP cannot undo; those behind one
     * that fails are not sent.
     *
     * @param mails closed afterwards, whatever happens
     * @param limit how long it may take, where that is less than the configured time
     */
    public void send(List<MailToSend> mails, Optional<Duration> limit) throws SmtpException {
        SendBudget budget = SendBudget.of(limit.filter(left -> left.compareTo(context.config().sendTimeout()) < 0)
                .orElse(context.config().sendTimeout()));
        List<MailJob> jobs = mails.stream()
                .flatMap(mail -> MailJob.of(mail, context.config()).stream())
                .toList();
        try (Lent lent = new Lent()) {
            lent.take(jobs, budget);
            if (jobs.size() > 1) {
                for (MailJob job : jobs.subList(1, jobs.size())) {
                    attempt(job, lent, () -> lent.of(job).rehearse(job.envelope(), job.content(), budget));
                }
            }
            for (MailJob job : jobs) {
                attempt(job, lent, () -> send(job, lent.of(job), budget));
            }
        } catch (SmtpException e) {
            jobs.stream().filter(MailJob::isOut).forEach(job -> log.outInSpite(job.id(), job.hop()));
            throw e;
        } finally {
            discard(mails);
        }
    }

    /** What was not sent will not be: its transaction was rolled back. */
    public void discard(Collection<MailToSend> mails) {
        for (MailToSend mail : mails) {
            if (mail.receipt().state() == Receipt.State.PENDING) {
                mail.receipt().rolledBack();
            }
            mail.close();
        }
        mails.forEach(mail -> mail.receipt().announce());
    }

    private void send(MailJob job, NextHopSession session, SendBudget budget) throws SmtpException {
        if (job.isRefused()) {
            return;
        }
        long start = System.nanoTime();
        SendResult result = session.send(job.envelope(), job.content(), budget);
        log.sent(job.trail(), session.host(), job.envelope(), result);
        log.signed(job.content().signing());
        job.out(result, Duration.ofNanos(System.nanoTime() - start));
    }

    private void attempt(MailJob job, Lent lent, Attempt attempt) throws SmtpException {
        try (LogIds.Place ignored = LogIds.place(MailLogKeys.SENDING, job.id())) {
            attemptNamed(job, lent, attempt);
        }
    }

    private void attemptNamed(MailJob job, Lent lent, Attempt attempt) throws SmtpException {
        long start = System.nanoTime();
        try {
            attempt.run();
        } catch (SmtpException e) {
            if (e instanceof ConnectionBrokenException) {
                lent.broke(job, e);
            }
            log.failed(job.trail(), job.hop(), job.envelope(), System.nanoTime() - start, e);
            if (job.content().signing() == OutgoingContent.Signing.FAILED) {
                log.signed(OutgoingContent.Signing.FAILED);
            }
            if (!job.isRefusedAlone(e)) {
                job.failed(e);
                throw e;
            }
        } catch (RuntimeException e) {
            OutboundMailMessages.LOG.faultOfOurs(job.id(), e);
            SmtpException fault = new SmtpException(Phase.PREPARE, "smtp-ra has failed: " + e, false, e);
            job.failed(fault);
            throw fault;
        }
    }

    private interface Attempt {
        void run() throws SmtpException;
    }

    /** The sessions that are lent for one sending: one for each next hop. */
    private final class Lent implements AutoCloseable {

        private final List<NextHop> hops = new ArrayList<>(1);
        private final List<Sessions.Lease> leases = new ArrayList<>(1);

        /** Always in the same order, lest two sendings wait for each other. */
        void take(List<MailJob> jobs, SendBudget budget) throws SmtpException {
            List<NextHop> order = context.config().routes().hops();
            List<MailJob> byHop = jobs.size() == 1 ? jobs : jobs.stream()
                    .sorted(Comparator.comparingInt(job -> order.indexOf(job.hop()))).toList();
            for (MailJob job : byHop) {
                if (!hops.contains(job.hop())) {
                    attempt(job, this, () -> leases.add(
                            context.waits().get(() -> sessions.lend(job.hop()), budget)));
                    hops.add(job.hop());
                }
            }
        }

        NextHopSession of(MailJob job) {
            return lease(job).session();
        }

        void broke(MailJob job, SmtpException e) {
            if (hops.contains(job.hop())) {
                lease(job).broke(e);
            }
        }

        private Sessions.Lease lease(MailJob job) {
            return leases.get(hops.indexOf(job.hop()));
        }

        @Override
        public void close() {
            leases.forEach(Sessions.Lease::close);
        }
    }
}
