package io.smtpra.ra.inbound.delivery;

import io.smtpra.Envelope;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.routing.Activation;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import io.smtpra.ra.inbound.users.CallerIdentity;
import io.smtpra.ra.log.DeliveryMessages;
import io.smtpra.ra.telemetry.LogIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One mail on its way to its beans. Its outcome is told once: when the transaction has ended, or before, when it is
 * abandoned. Between the two stands the step into the commit: once a delivery has taken it, it can no longer be
 * abandoned without doubt, and until it has, an abandoned delivery never takes it.
 */
final class Delivery {

    /**
     * What one activation gets.
     *
     * @param bean who
     * @param envelope the envelope with the recipients that it takes
     */
    record Part(BeanDeliveries<Delivery> bean, Envelope envelope) {

        Activation activation() {
            return bean.activation();
        }
    }


    private enum Phase {
        OPEN,
        COMMITTING,
        ABANDONED
    }

    private final ReceivedMail mail;
    private final List<Part> parts;
    private final List<Quota> quotas;
    private final LogIds ids;
    private final CompletableFuture<DeliveryOutcome> outcome = new CompletableFuture<>();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);
    /** Two timers, for two threads may set them at the same time. */
    private final AtomicReference<ScheduledFuture<?>> turnTimer = new AtomicReference<>();
    private final AtomicReference<ScheduledFuture<?>> endTimer = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long queuedNanos;
    private volatile long grantedNanos;
    private volatile long begunNanos;
    private volatile boolean begun;

    Delivery(ReceivedMail mail, List<Part> parts) {
        this.mail = mail;
        this.parts = List.copyOf(parts);
        this.ids = LogIds.current().withMail(mail.id());
        List<Quota> taken = new ArrayList<>(parts.size());
        for (Part part : parts) {
            taken.add(part.bean().quota());
        }
        this.quotas = List.copyOf(taken);
    }

    ReceivedMail mail() {
        return mail;
    }

    /** What stands in the log's context while something is done for it: all that is logged then can be told by it. */
    LogIds ids() {
        return ids;
    }

    /** As whom its beans are called; absent: as nobody in particular. */
    Optional<CallerIdentity> caller() {
        return mail.caller().map(known -> new CallerIdentity(mail.peer().authenticatedUser().orElseThrow(), known));
    }

    List<Part> parts() {
        return parts;
    }

    List<Quota> quotas() {
        return quotas;
    }

    boolean isFor(BeanDeliveries<Delivery> bean) {
        return parts.stream().anyMatch(part -> part.bean() == bean);
    }

    /** The outcome, once it is known. */
    CompletionStage<DeliveryOutcome> outcome() {
        return outcome;
    }

    /** Steps into the commit; false if the delivery has been abandoned, so that it must roll back. */
    boolean enterCommit() {
        return phase.compareAndSet(Phase.OPEN, Phase.COMMITTING);
    }

    /** Notes that it waits for its permits. */
    void queued() {
        queuedNanos = System.nanoTime();
    }

    /** How long it has waited for its permits. */
    Duration sinceQueued() {
        return Duration.ofNanos(System.nanoTime() - queuedNanos);
    }

    /** Notes that it has its permits. */
    void granted() {
        grantedNanos = System.nanoTime();
    }

    /** How long it has had its permits. */
    Duration sinceGranted() {
        return Duration.ofNanos(System.nanoTime() - grantedNanos);
    }

    /** Notes that it has a thread; once is enough. */
    void begin() {
        if (!begun) {
            begunNanos = System.nanoTime();
            begun = true;
        }
    }

    /** How long it has had a thread, if it has one. */
    Optional<Duration> sinceBegin() {
        return begun ? Optional.of(Duration.ofNanos(System.nanoTime() - begunNanos)) : Optional.empty();
    }

    /** Whether its commit has begun: what comes of it nobody can say before it has ended. */
    boolean isCommitting() {
        return phase.get() == Phase.COMMITTING;
    }

    /** Whether it has been abandoned. */
    boolean isAbandoned() {
        return phase.get() == Phase.ABANDONED;
    }

    /**
     * Gives it up before its commit: the sender hears a refusal now, and the transaction will roll back.
     *
     * @return false if it is too late for that: the commit has begun, or the delivery is abandoned already
     */
    boolean abandon(Reply reply) {
        return phase.compareAndSet(Phase.OPEN, Phase.ABANDONED) && refuse(reply);
    }

    /** Tells the outcome; false if one has been told before. */
    boolean tell(DeliveryOutcome told) {
        return outcome.complete(told);
    }

    /** Tells a refusal; false if an outcome has been told before. */
    boolean refuse(Reply reply) {
        return tell(new DeliveryOutcome.Refused(reply));
    }

    /** Notes its very end; false if that has been noted before. */
    boolean end() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        stop(turnTimer.getAndSet(null));
        stop(endTimer.getAndSet(null));
        try {
            mail.content().close();
        } catch (RuntimeException e) {
            // Whatever is left of it on the disk, permits must come back.
            DeliveryMessages.LOG.contentNotFreed(mail.id(), e);
        }
        return true;
    }

    /** Sets the timer of the wait for its turn. */
    void turnTimer(ScheduledFuture<?> timer) {
        turnTimer.set(timer);
        stopIfEnded(turnTimer);
    }

    /** Sets the timer of the wait for its end; its turn has come. */
    void endTimer(ScheduledFuture<?> timer) {
        stop(turnTimer.getAndSet(null));
        endTimer.set(timer);
        stopIfEnded(endTimer);
    }

    /** A timer that is set while the delivery ends would keep all of it in memory for its time. */
    private void stopIfEnded(AtomicReference<ScheduledFuture<?>> timer) {
        if (ended.get()) {
            stop(timer.getAndSet(null));
        }
    }

    private static void stop(ScheduledFuture<?> running) {
        if (running != null) {
            running.cancel(false);
        }
    }
}
