package io.smtpra.bench;

import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Sends mail to a port on loopback, over some connections at a time. */
public final class SmtpLoad {

    private static final int CONNECTIONS = 8;
    private static final String RECIPIENT = "b@example.com";

    private final int port;
    private final Optional<Supplier<SSLContext>> tls;

    private SmtpLoad(int port, Optional<Supplier<SSLContext>> tls) {
        this.port = port;
        this.tls = tls;
    }

    static SmtpLoad of(int port, SSLContext tls) {
        return new SmtpLoad(port, Optional.of(() -> tls));
    }

    /** Each connection begins with a handshake of its own: nothing is known of the server. */
    static SmtpLoad withFullHandshakes(int port, Supplier<SSLContext> contexts) {
        return new SmtpLoad(port, Optional.of(contexts));
    }

    /** Each connection goes on with the session of the one before, which is not another thread's. */
    static SmtpLoad withResumedSessions(int port, Supplier<SSLContext> contexts) {
        return new SmtpLoad(port, Optional.of(ThreadLocal.withInitial(contexts)::get));
    }

    /** In plain text. */
    public static SmtpLoad plain(int port) {
        return new SmtpLoad(port, Optional.empty());
    }

    /** Sends all mails of a scenario; returns when each has been answered with 250. */
    void run(Scenario scenario, int messages) throws Exception {
        byte[] message = scenario.message();
        AtomicInteger left = new AtomicInteger(messages);
        inParallel(CONNECTIONS, () -> {
            send(scenario, message, left);
            return null;
        });
    }

    /** Sends one mail over each of some connections, to the bean that sends on command. */
    public void order(int connections, String subject, int size) throws Exception {
        byte[] message = Scenario.message(subject, size);
        inParallel(connections, () -> {
            try (Client client = new Client(port, Optional.empty())) {
                client.order(message);
            }
            return null;
        });
    }

    private static void inParallel(int threads, Callable<Void> work) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        try {
            for (Future<Void> sender : senders.invokeAll(Collections.nCopies(threads, work))) {
                sender.get();
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private Optional<SSLContext> context(Scenario scenario) {
        return scenario.startTls() ? tls.map(Supplier::get) : Optional.empty();
    }

    private void send(Scenario scenario, byte[] message, AtomicInteger left) throws Exception {
        if (scenario.kept()) {
            try (Client client = new Client(port, context(scenario))) {
                while (left.getAndDecrement() > 0) {
                    client.mail(RECIPIENT, scenario.pipelined(), message);
                }
            }
            return;
        }
        while (left.getAndDecrement() > 0) {
            try (Client client = new Client(port, context(scenario))) {
                client.mail(RECIPIENT, scenario.pipelined(), message);
            }
        }
    }
}
