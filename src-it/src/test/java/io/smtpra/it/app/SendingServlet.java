package io.smtpra.it.app;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * An application that writes rows and sends mail in one transaction. The request's body says what to do, a word each
 * line, as {@code databases plain,xa}; the answer says what came of it.
 */
@WebServlet("/send")
@DataSourceDefinition(name = "java:app/it/xa", className = "org.h2.jdbcx.JdbcDataSource",
        url = "jdbc:h2:mem:it-xa;DB_CLOSE_DELAY=-1", user = "sa", password = "sa")
public class SendingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Resource(lookup = "java:/smtp/relay")
    private transient SmtpConnectionFactory mail;

    @Resource(lookup = "java:comp/DefaultDataSource")
    private transient DataSource plain;

    @Resource(lookup = "java:app/it/xa")
    private transient DataSource xa;

    @Resource
    private transient UserTransaction transaction;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        PrintWriter out = response.getWriter();
        Map<String, String> orders = orders(request);
        try {
            createTables();
            switch (orders.get("do")) {
                case "transaction" -> inTransaction(orders, out);
                case "timeout" -> timeOut(out);
                case "now" -> out.println("state " + send("now").state());
                case "early" -> early(orders.get("end"), out);
                case "exhaust" -> exhaust(Integer.parseInt(orders.get("connections")), out);
                case "many" -> new ManySenders(mail).run(orders, out);
                default -> throw new IllegalArgumentException(orders.toString());
            }
        } catch (Exception e) {
            e.printStackTrace(out);
        }
        tellRows(out);
    }

    private void tellRows(PrintWriter out) {
        try {
            out.println("rows " + rows(plain) + " " + rows(xa));
        } catch (Exception e) {
            e.printStackTrace(out);
        }
    }

    private void inTransaction(Map<String, String> orders, PrintWriter out) throws Exception {
        List<SendReceipt> receipts = new ArrayList<>();
        transaction.begin();
        try {
            for (DataSource database : databases(orders.get("databases"))) {
                try (Connection connection = database.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("insert into it_rows values (1)");
                }
            }
            for (String subject : orders.get("mails").split(",")) {
                receipts.add(send(subject));
            }
            out.println("before " + states(receipts));
        } finally {
            end(orders.get("end"), out);
        }
        out.println("after " + states(receipts));
    }

    private void end(String end, PrintWriter out) throws Exception {
        if (end.equals("rollback")) {
            transaction.rollback();
            out.println("outcome rolled back");
            return;
        }
        try {
            transaction.commit();
            out.println("outcome committed");
        } catch (jakarta.transaction.RollbackException e) {
            out.println("outcome refused " + because(e));
        }
    }

    /** The connection is kept open, as by an application that is busy elsewhere while its time runs out. */
    private void timeOut(PrintWriter out) throws Exception {
        transaction.setTransactionTimeout(1);
        transaction.begin();
        try (SmtpConnection connection = mail.getConnection()) {
            SendReceipt receipt = connection.send(envelope(), content("late"));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (receipt.state() == SendReceipt.State.PENDING && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            out.println("state " + receipt.state());
            out.println("again " + again(connection));
        } finally {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
            transaction.setTransactionTimeout(0);
        }
    }

    /** The connection is older than the transaction in which it is used. */
    private void early(String end, PrintWriter out) throws Exception {
        try (SmtpConnection connection = mail.getConnection()) {
            transaction.begin();
            SendReceipt receipt = connection.send(envelope(), content("early"));
            out.println("before " + receipt.state());
            end(end, out);
            out.println("after " + receipt.state());
        }
    }

    /** Keeps all connections that there are at work, and asks for one more. */
    private void exhaust(int connections, PrintWriter out) throws Exception {
        CountDownLatch busy = new CountDownLatch(connections);
        CountDownLatch enough = new CountDownLatch(1);
        ExecutorService senders = Executors.newFixedThreadPool(connections);
        try {
            for (int i = 0; i < connections; i++) {
                senders.submit(() -> send(slow(busy, enough)));
            }
            busy.await(30, TimeUnit.SECONDS);
            send(content("one more"));
        } catch (SmtpException e) {
            out.println("exhausted " + e.phase() + " retryable " + e.isRetryable() + ": " + e.getMessage());
        } finally {
            enough.countDown();
            senders.shutdown();
            senders.awaitTermination(30, TimeUnit.SECONDS);
        }
    }

    /** A content that is asked for when its connection is there, and comes when somebody wants it to. */
    private static MailContent slow(CountDownLatch asked, CountDownLatch wanted) {
        return () -> {
            asked.countDown();
            try {
                wanted.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return content("slow").open();
        };
    }

    private static String again(SmtpConnection connection) {
        try {
            return connection.send(envelope(), content("later")).state().toString();
        } catch (SmtpException e) {
            return "refused: " + e.getMessage();
        }
    }

    private SendReceipt send(String subject) throws SmtpException {
        return send(content(subject));
    }

    private SendReceipt send(MailContent content) throws SmtpException {
        try (SmtpConnection connection = mail.getConnection()) {
            return connection.send(envelope(), content);
        }
    }

    static Envelope envelope() {
        return Envelope.from("app@example.com").to("to@example.org").build();
    }

    static MailContent content(String subject) {
        return MailContent.of(("Subject: " + subject + "\r\n\r\n" + subject + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** What the next hop said must be found from the exception that the application gets. */
    private static String because(Throwable thrown) {
        List<Throwable> todo = new ArrayList<>(List.of(thrown));
        for (int i = 0; i < todo.size() && i < 20; i++) {
            Throwable next = todo.get(i);
            if (next instanceof SmtpException e) {
                return e.reply().map(reply -> Integer.toString(reply.code())).orElse(e.phase().toString());
            }
            if (next.getCause() != null) {
                todo.add(next.getCause());
            }
            todo.addAll(List.of(next.getSuppressed()));
        }
        return "unknown";
    }

    private List<DataSource> databases(String names) {
        List<DataSource> databases = new ArrayList<>();
        if (names.contains("plain")) {
            databases.add(plain);
        }
        if (names.contains("xa")) {
            databases.add(xa);
        }
        return databases;
    }

    private void createTables() throws Exception {
        for (DataSource database : List.of(plain, xa)) {
            try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("create table if not exists it_rows (id int)");
                statement.execute("delete from it_rows");
            }
        }
    }

    private static int rows(DataSource database) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from it_rows")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static String states(List<SendReceipt> receipts) {
        return receipts.stream().map(receipt -> receipt.state().toString()).toList().toString();
    }

    private static Map<String, String> orders(HttpServletRequest request) throws IOException {
        Map<String, String> orders = new TreeMap<>();
        try (Scanner body = new Scanner(request.getInputStream(), StandardCharsets.UTF_8)) {
            while (body.hasNextLine()) {
                String[] order = body.nextLine().split(" ", 2);
                orders.put(order[0], order.length == 2 ? order[1] : "");
            }
        }
        return orders;
    }
}
