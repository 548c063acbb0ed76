package io.smtpra.ra.inbound.delivery;

import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.inbound.mail.MailParser;
import io.smtpra.ra.inbound.routing.Activation;
import io.smtpra.ra.inbound.routing.ActivationGate;
import io.smtpra.ra.inbound.routing.ActivationRegistry;
import io.smtpra.ra.inbound.routing.BeanDirectory;
import io.smtpra.ra.inbound.routing.BeanQuestions;
import io.smtpra.ra.inbound.routing.BeanReplies;
import io.smtpra.ra.inbound.routing.RoutingConfig;
import io.smtpra.ra.inbound.smtp.auth.Authenticator;
import io.smtpra.ra.inbound.smtp.command.Directory;
import io.smtpra.ra.inbound.smtp.content.MailSink;
import io.smtpra.ra.inbound.smtp.hook.RecipientGate;
import io.smtpra.ra.inbound.smtp.hosting.HookThreads;
import io.smtpra.ra.inbound.users.CertificateUsers;
import io.smtpra.ra.inbound.users.ServerAuthenticator;
import io.smtpra.ra.inbound.work.ServerContracts;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.inbound.work.ServerWork;
import io.smtpra.ra.log.DeliveryMessages;
import io.smtpra.ra.server.SecurityDomainUsers;
import io.smtpra.ra.server.ServerResumption;
import io.smtpra.ra.telemetry.LogIds;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;

/** The way from received mail to beans: what the adapter starts, tells of activations, and stops. */
public final class InboundDelivery {

    /** How long commits are waited for that have begun when the shutdown timeout is over. */
    private static final Duration COMMIT_TIME = Duration.ofSeconds(5);

    private final DeliveryConfig config;
    private final ActivationRegistry registry;
    private final ServerThreads threads;
    private final BeanQuestions questions;
    private final DeliveryRunner runner;

    /**
     * Makes the way; nothing runs on it yet.
     *
     * @param server what the server gives
     * @param config the bounds of deliveries
     * @param routing what is said to recipients that no bean takes
     * @param parser makes of contents what beans see
     */
    public InboundDelivery(
            ServerContracts server, DeliveryConfig config, RoutingConfig routing, MailParser parser) {
        this.config = config;
        this.registry = new ActivationRegistry(routing);
        this.threads = new ServerThreads(server.workManager());
        this.questions = new BeanQuestions(threads);
        this.runner = new DeliveryRunner(server, config, threads, new BeanCall(parser));
    }

    /** Ends the transactions that an earlier run has left open: as decided, or by a rollback, for none was acknowledged. */
    public void recover() {
        runner.recover();
    }

    /** The way to the server's threads; ends with {@link #stop}. */
    public ServerThreads threads() {
        return threads;
    }

    /** How many mails beans are at work on. */
    public int running() {
        return runner.running();
    }

    /** How many mails wait for a bean. */
    public int queued() {
        return runner.queued();
    }

    /** How many mails may wait for a bean. */
    public int queueLimit() {
        return config.maxQueuedDeliveries();
    }

    /** How long the mail has waited for a bean that has waited longest; zero if none waits. */
    public Duration longestWait() {
        return runner.longestWait();
    }

    /**
     * Where received mail goes.
     *
     * @return the sink
     */
    public MailSink sink() {
        return new DeliveryService(registry, runner);
    }

    /**
     * Who may be mailed to.
     *
     * @return the gate
     */
    public RecipientGate gate() {
        return new ActivationGate(registry, questions);
    }

    /**
     * Who answers questions about users and lists.
     *
     * @return the directory
     */
    public Directory directory() {
        return new BeanDirectory(registry, questions);
    }

    /**
     * Who knows the users.
     *
     * @param certificates whom certificates of clients stand for
     * @param domain the server's security domain, for proofs and tokens; absent: there are none
     * @return an authenticator that asks the server
     */
    /** The way to the server's threads, for hooks that may block. */
    public HookThreads hookThreads() {
        return new HookThreads() {
            @Override
            public void run(Runnable task, Consumer<Exception> onReject) {
                LogIds ids = LogIds.current();
                threads.run(ServerWork.of("smtp-ra hook", () -> ids.run(task), onReject));
            }

            @Override
            public Runnable after(Duration time, Runnable task) {
                ScheduledFuture<?> timer = threads.after(time, task);
                return () -> timer.cancel(false);
            }
        };
    }

    public Authenticator authenticator(CertificateUsers certificates, Optional<SecurityDomainUsers> domain) {
        return new ServerAuthenticator(threads, certificates, domain);
    }

    /**
     * Gives a bean its mail from now on.
     *
     * @param factory makes the bean's endpoints
     * @param spec what the bean wants
     * @throws ResourceException if its properties are wrong, or another bean has the same recipients; while the server
     *     boots or resumes this is logged instead, and the bean left out
     */
    public void activate(MessageEndpointFactory factory, SmtpActivationSpec spec) throws ResourceException {
        try {
            activate(new Activation(factory, spec.toConfig()));
        } catch (ResourceException e) {
            if (!ServerResumption.isUnderWay()) {
                throw e;
            }
            registry.leaveOut(factory);
            DeliveryMessages.LOG.badActivation(factory.getEndpointClass().getName(), e.getMessage(), e);
        }
    }

    private void activate(Activation activation) throws ResourceException {
        runner.open(activation);
        try {
            registry.activate(activation);
        } catch (ResourceException e) {
            runner.close(activation);
            throw e;
        }
    }

    /**
     * Gives a bean no further mail. Returns when its running deliveries have ended, commit and all: the server takes
     * away what they need (the persistence unit, say) as soon as this returns. What takes longer than the shutdown
     * timeout is given up, and rolls back.
     *
     * @param factory as it was activated
     */
    public void deactivate(MessageEndpointFactory factory) {
        registry.remove(factory).ifPresent(activation -> runner.close(activation).ifPresent(bean -> {
            Set<Delivery> late = bean.awaitEnd(config.shutdownTimeout());
            if (!late.isEmpty()) {
                DeliveryMessages.LOG.abandonedAtUndeploy(late.size(), activation.beanName(),
                        config.shutdownTimeout().toSeconds());
                runner.abandon(late);
                disownCommits(bean);
            }
            DeliveryMessages.LOG.takesNoMail(activation.beanName());
        }));
    }

    /**
     * A commit that has begun cannot be given up. Once this activation is gone, the server takes away what the flush
     * needs, and the commit then says COMMITTED though it has kept nothing: so no such commit is acknowledged.
     */
    private void disownCommits(BeanDeliveries<Delivery> bean) {
        for (Delivery delivery : bean.awaitEnd(COMMIT_TIME, Delivery::isCommitting)) {
            if (delivery.refuse(BeanReplies.STOPPED)) {
                DeliveryMessages.LOG.commitDisowned(delivery.mail().id(), COMMIT_TIME.toSeconds(),
                        bean.activation().beanName());
            }
        }
    }

    /**
     * Ends it: what waits is refused for now, what runs is given time, and what then still runs is given up.
     *
     * @param limit how much time
     */
    public void stop(Duration limit) {
        runner.stop(limit);
        threads.close();
    }
}
