package io.smtpra.subsystem;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.management.ObjectName;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.server.suspend.ServerResumeContext;
import org.jboss.as.server.suspend.ServerSuspendContext;
import org.jboss.as.server.suspend.SuspendableActivity;
import org.jboss.as.server.suspend.SuspendableActivityRegistry;
import org.jboss.logging.Logger;
import org.jboss.msc.Service;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StopContext;

/**
 * Lets clients finish their mails before the server is suspended, or shut down with a time for it: new ones hear 421,
 * and the beans go on until the last client has gone or the time is over. A server that is resumed takes connections
 * again, but on no port that an administrator had closed.
 */
final class Suspension implements SuspendableActivity {

    private static final Logger LOG = Logger.getLogger(Suspension.class);
    private static final Executor SOON = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final List<ObjectName> turnedAway = new ArrayList<>();
    private volatile int seconds;

    /** How long to wait for clients. */
    void within(int time) {
        seconds = time;
    }

    /** Has the server ask, as long as the subsystem is there. */
    Service service(Supplier<SuspendableActivityRegistry> registry) {
        return new Service() {
            @Override
            public void start(StartContext context) {
                registry.get().registerActivity(Suspension.this, SuspendableActivityRegistry.SuspendPriority.FIRST);
            }

            @Override
            public void stop(StopContext context) {
                registry.get().unregisterActivity(Suspension.this);
            }
        };
    }

    @Override
    public CompletionStage<Void> prepare(ServerSuspendContext context) {
        synchronized (turnedAway) {
            turnedAway.clear();
            for (ObjectName port : AdapterBeans.ports()) {
                try {
                    if (AdapterBeans.read(port, "State").equals("open")) {
                        AdapterBeans.call(port, "turnAway");
                        turnedAway.add(port);
                    }
                    AdapterBeans.call(port, "finishSessions");
                } catch (OperationFailedException e) {
                    LOG.debug("A listener has gone meanwhile", e);
                }
            }
        }
        CompletableFuture<Void> quiet = new CompletableFuture<>();
        quiet.completeOnTimeout(null, seconds, TimeUnit.SECONDS);
        awaitNone(quiet);
        return quiet;
    }

    /** The beans stop by themselves. */
    @Override
    public CompletionStage<Void> suspend(ServerSuspendContext context) {
        return COMPLETED;
    }

    @Override
    public CompletionStage<Void> resume(ServerResumeContext context) {
        synchronized (turnedAway) {
            for (ObjectName port : turnedAway) {
                try {
                    if (AdapterBeans.read(port, "State").equals("turning-away")) {
                        AdapterBeans.call(port, "resume");
                    }
                } catch (OperationFailedException e) {
                    LOG.debug("A listener has gone meanwhile", e);
                }
            }
            turnedAway.clear();
        }
        return COMPLETED;
    }

    /** Looks again and again, until nobody is connected or nobody waits any more. */
    private static void awaitNone(CompletableFuture<Void> quiet) {
        if (quiet.isDone()) {
            return;
        }
        if (connections() == 0) {
            quiet.complete(null);
        } else {
            SOON.execute(() -> awaitNone(quiet));
        }
    }

    private static int connections() {
        int open = 0;
        for (ObjectName port : AdapterBeans.ports()) {
            try {
                open += (Integer) AdapterBeans.read(port, "Connections");
            } catch (OperationFailedException e) {
                LOG.debug("A listener has gone meanwhile", e);
            }
        }
        return open;
    }
}
