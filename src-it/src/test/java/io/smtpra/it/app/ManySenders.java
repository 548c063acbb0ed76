package io.smtpra.it.app;

import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Many threads that send at once, and try again what may succeed later: unless the next hop may have the mail. */
public final class ManySenders {

    private static final int MAX_TRIES = 200;

    private final SmtpConnectionFactory mail;
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    ManySenders(SmtpConnectionFactory mail) {
        this.mail = mail;
    }

    void run(Map<String, String> orders, PrintWriter out) throws Exception {
        int threads = Integer.parseInt(orders.get("threads"));
        int each = Integer.parseInt(orders.get("each"));
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> tasks = IntStream.range(0, threads).<Callable<Void>>mapToObj(thread -> () -> {
                for (int i = 0; i < each; i++) {
                    send("mail-" + thread + "-" + i);
                }
                return null;
            }).toList();
            for (Future<Void> task : senders.invokeAll(tasks, 2, TimeUnit.MINUTES)) {
                task.get();
            }
        } finally {
            senders.shutdownNow();
        }
        out.println("retries " + retries + " failures " + failures);
    }

    private void send(String subject) throws InterruptedException {
        for (int i = 0; i < MAX_TRIES; i++) {
            try (SmtpConnection connection = mail.getConnection()) {
                connection.send(SendingServlet.envelope(), SendingServlet.content(subject));
                return;
            } catch (SmtpException e) {
                if (!e.isRetryable() || e.phase().compareTo(SmtpException.Phase.DATA) >= 0) {
                    failures.incrementAndGet();
                    return;
                }
                retries.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        failures.incrementAndGet();
    }
}
