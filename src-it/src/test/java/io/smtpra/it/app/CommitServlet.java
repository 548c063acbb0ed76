package io.smtpra.it.app;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Transactions of unusual shapes that send mail. The request's body names one, the answer tells what came of it. */
@WebServlet("/commit")
public class CommitServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int BOUND_SECONDS = 60;

    @Resource(lookup = "java:/smtp/relay")
    private transient SmtpConnectionFactory mail;

    @Resource(lookup = "java:jboss/TransactionManager")
    private transient TransactionManager manager;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        PrintWriter out = response.getWriter();
        String[] order =
                new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim().split(" ");
        try {
            switch (order[0]) {
                case "many" -> many(Integer.parseInt(order[1]), out);
                case "nested" -> nested(out);
                case "kept" -> kept(out);
                case "beside" -> beside(Integer.parseInt(order[1]), Integer.parseInt(order[2]), out);
                case "refusing" -> refusing(FailingResource.Step.valueOf(order[1]), out);
                case "now" -> out.println(send("now").state());
                default -> throw new IllegalArgumentException(order[0]);
            }
        } catch (SmtpException e) {
            out.println("SmtpException " + e.phase() + " " + e.getMessage());
        } catch (Exception e) {
            e.printStackTrace(out);
        }
    }

    /** Each transaction has sent its mail before the first one commits. */
    private void many(int transactions, PrintWriter out) throws Exception {
        CountDownLatch sent = new CountDownLatch(transactions);
        ExecutorService threads = Executors.newFixedThreadPool(transactions);
        try {
            List<Future<SendReceipt.State>> results = new ArrayList<>();
            for (int i = 0; i < transactions; i++) {
                String subject = "many " + i;
                results.add(threads.submit(() -> {
                    manager.begin();
                    SendReceipt receipt = send(subject);
                    sent.countDown();
                    if (!sent.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("others wait for a connection");
                    }
                    manager.commit();
                    return receipt.state();
                }));
            }
            int committed = 0;
            for (Future<SendReceipt.State> result : results) {
                committed += result.get(BOUND_SECONDS, TimeUnit.SECONDS) == SendReceipt.State.SENT ? 1 : 0;
            }
            out.println("sent " + committed);
        } finally {
            threads.shutdownNow();
        }
    }

    /** As REQUIRES_NEW and NOT_SUPPORTED do, with the connection of the outer transaction. */
    private void nested(PrintWriter out) throws Exception {
        try (SmtpConnection connection = mail.getConnection()) {
            manager.begin();
            SendReceipt outer = send(connection, "outer");
            Transaction suspended = manager.suspend();
            manager.begin();
            SendReceipt inner = send(connection, "inner");
            manager.commit();
            SendReceipt without = send(connection, "without");
            manager.resume(suspended);
            out.println("outer " + outer.state() + " inner " + inner.state() + " without " + without.state());
            manager.rollback();
            out.println("outer " + outer.state());
        }
    }

    /** One connection, two transactions. */
    private void kept(PrintWriter out) throws Exception {
        try (SmtpConnection connection = mail.getConnection()) {
            manager.begin();
            SendReceipt first = send(connection, "first");
            manager.rollback();
            manager.begin();
            SendReceipt second = send(connection, "second");
            manager.commit();
            out.println(first.state() + " " + second.state());
        }
    }

    /** While one transaction commits, which takes as long as it may, the time limit of another one is reached. */
    private void beside(int limit, int othersLimit, PrintWriter out) throws Exception {
        CountDownLatch committing = new CountDownLatch(1);
        CompletableFuture<Boolean> committed = new CompletableFuture<>();
        CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> {
            try {
                committing.await(BOUND_SECONDS, TimeUnit.SECONDS);
                manager.setTransactionTimeout(othersLimit);
                manager.begin();
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
                while (manager.getStatus() == Status.STATUS_ACTIVE && System.nanoTime() < end) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                String answer = "other ended " + (committed.isDone() ? "after" : "before") + " the commit";
                manager.rollback();
                return answer;
            } catch (Exception e) {
                return e.toString();
            }
        });
        manager.setTransactionTimeout(limit);
        manager.begin();
        manager.setTransactionTimeout(0);
        SendReceipt receipt = send("slow");
        committing.countDown();
        try {
            manager.commit();
            out.println("committed");
        } catch (RollbackException e) {
            out.println("rolled back");
        } finally {
            committed.complete(true);
        }
        out.println(receipt.state() + " " + receipt.failure().map(SmtpException::getMessage).orElse(""));
        out.println(other.get(BOUND_SECONDS, TimeUnit.SECONDS));
    }

    /** Another resource fails when the mail is out. */
    private void refusing(FailingResource.Step step, PrintWriter out) throws Exception {
        manager.begin();
        SendReceipt receipt = send("refusing");
        manager.getTransaction().enlistResource(new FailingResource(step));
        if (step == FailingResource.Step.PREPARE) {
            // The last resource is not prepared if all others have voted read-only: this one does its part.
            manager.getTransaction().enlistResource(new FailingResource(FailingResource.Step.ONE_PHASE));
        }
        try {
            manager.commit();
            out.println("committed");
        } catch (RollbackException e) {
            out.println("rolled back");
        }
        out.println(receipt.state());
    }

    private SendReceipt send(String subject) throws SmtpException {
        try (SmtpConnection connection = mail.getConnection()) {
            return send(connection, subject);
        }
    }

    private static SendReceipt send(SmtpConnection connection, String subject) throws SmtpException {
        return connection.send(Envelope.from("app@example.com").to("to@example.org").build(), MailContent.of(
                ("Subject: " + subject + "\r\n\r\n" + subject + "\r\n").getBytes(StandardCharsets.UTF_8)));
    }
}
